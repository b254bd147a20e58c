package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * How many users clicked a candidate.
 *
 * @param seeds those with a vector of the feed's model
 * @param unknown those without
 * @param lastHour those, of either kind, whose last click is at most an hour old
 * @param lastDay the same for 24 hours
 */
record ClickCounts(int seeds, int unknown, int lastHour, int lastDay) {

    static final ClickCounts NONE = new ClickCounts(0, 0, 0, 0);

    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    /** Counts the rest of a cursor. */
    static ClickCounts of(ClickCursor clicks, Instant now) throws IOException {
        Counter counter = new Counter(now);
        while (clicks.next()) {
            counter.add(clicks);
        }
        return counter.counts();
    }

    /** The counts when some of the seeds are gone. */
    ClickCounts withoutSeeds(int gone) {
        return new ClickCounts(seeds - gone, unknown, lastHour, lastDay);
    }

    int users() {
        return seeds + unknown;
    }

    /** Counts clicks one by one. */
    static final class Counter {

        private final long now;
        private int seeds;
        private int unknown;
        private int lastHour;
        private int lastDay;

        Counter(Instant now) {
            this.now = now.toEpochMilli();
        }

        void add(ClickCursor click) throws IOException {
            if (click.hasVector()) {
                seeds++;
            } else {
                unknown++;
            }
            long age = now - click.time();
            lastHour += age <= HOUR ? 1 : 0;
            lastDay += age <= DAY ? 1 : 0;
        }

        ClickCounts counts() {
            return new ClickCounts(seeds, unknown, lastHour, lastDay);
        }
    }
}
