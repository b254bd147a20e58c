package org.opensearch.ralm.trainer.simulation;

import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;

/**
 * What the recommenders of an arm know at a moment: the clicks up to then and which items can be shown.
 *
 * @param time the moment, in seconds
 * @param clicks all clicks so far
 * @param seeds the same by item
 * @param candidates items that can be shown, ascending
 */
record Snapshot(long time, Dataset clicks, SeedIndex seeds, int[] candidates) {
    private static final long DAY = 86_400;

    static Snapshot of(SyntheticFeed feed, Dataset clicks, long time) {
        return new Snapshot(
                time, clicks, SeedIndex.of(clicks.events(), clicks.items().size()), alive(feed, time));
    }

    static int[] alive(SyntheticFeed feed, long time) {
        return IntStream.range(0, feed.dataset().items().size())
                .filter(item -> feed.isAlive(item, time))
                .toArray();
    }

    /** log(clicks of the last day + 1/2) of each candidate. */
    double[] logPopularity() {
        return IntStream.of(candidates)
                .mapToDouble(item -> Math.log(seeds.clicks(item, time - DAY, time) + 0.5))
                .toArray();
    }
}
