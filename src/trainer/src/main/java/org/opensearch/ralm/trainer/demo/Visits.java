package org.opensearch.ralm.trainer.demo;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.opensearch.ralm.trainer.live.Click;

/**
 * Who comes to see a page while clicks are replayed: each time the user of a click that is yet to be sent, so that it can
 * be told whether the page held what was clicked. Tells how popular candidates are by the replay's own clock. One thread
 * may send, another one ask for pages.
 */
final class Visits {

    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final List<Click> clicks;
    private final Map<String, Integer> ofLastDay = new HashMap<>();
    private volatile int sent;
    private int next;
    private int counted;
    private int forgotten;

    /**
     * @param clicks all clicks of the replay, by time
     */
    Visits(List<Click> clicks) {
        this.clicks = clicks;
    }

    /** From now on the clicks before a place are on their way. */
    void sentUntil(int place) {
        sent = place;
    }

    /** The click that the next visitor will make; empty when all are on their way. */
    Optional<Click> next() {
        next = Math.max(next, sent);
        if (next >= clicks.size()) {
            return Optional.empty();
        }
        Click click = clicks.get(next++);
        count(click.time());
        return Optional.of(click);
    }

    /** How often a candidate was clicked in the day before the click that was returned last. */
    int clicksOfLastDay(String candidate) {
        return ofLastDay.getOrDefault(candidate, 0);
    }

    private void count(long now) {
        for (; counted < next - 1; counted++) {
            ofLastDay.merge(clicks.get(counted).candidate(), 1, Integer::sum);
        }
        for (; clicks.get(forgotten).time() <= now - DAY_MILLIS; forgotten++) {
            ofLastDay.computeIfPresent(
                    clicks.get(forgotten).candidate(), (candidate, count) -> count == 1 ? null : count - 1);
        }
    }
}
