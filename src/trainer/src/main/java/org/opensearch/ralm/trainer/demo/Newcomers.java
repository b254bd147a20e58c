package org.opensearch.ralm.trainer.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** Times how soon after their first click new candidates are found. Thread-safe. */
final class Newcomers {

    private final Set<String> watched;
    private final LongSupplier nanoClock;
    private final Map<String, Long> firstClick = new HashMap<>();
    private final Map<String, Found> found = new HashMap<>();

    /**
     * The first time that a candidate was on a page.
     *
     * @param candidate its id
     * @param seconds since the acknowledgement of its first click
     * @param seeds how many seeds it had by then
     */
    record Found(String candidate, double seconds, int seeds) {}

    /**
     * @param watched the candidates of interest
     * @param nanoClock tells the time, as {@link System#nanoTime()}
     */
    Newcomers(Set<String> watched, LongSupplier nanoClock) {
        this.watched = watched;
        this.nanoClock = nanoClock;
    }

    /** A click on a candidate has been acknowledged just now. */
    synchronized void clicked(String candidate) {
        if (watched.contains(candidate)) {
            firstClick.putIfAbsent(candidate, nanoClock.getAsLong());
        }
    }

    /** A candidate is on the page that was answered just now. */
    synchronized void onPage(String candidate, int seeds) {
        Long clicked = firstClick.get(candidate);
        if (clicked != null && found.containsKey(candidate) == false) {
            double seconds = (nanoClock.getAsLong() - clicked) / 1e9;
            found.put(candidate, new Found(candidate, seconds, seeds));
        }
    }

    /** Those that were found, the fastest first. */
    synchronized List<Found> found() {
        List<Found> all = new ArrayList<>(found.values());
        all.sort((a, b) -> Double.compare(a.seconds, b.seconds));
        return all;
    }
}
