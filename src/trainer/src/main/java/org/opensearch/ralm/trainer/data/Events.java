package org.opensearch.ralm.trainer.data;

import java.util.Arrays;

/**
 * Clicks in ascending order of time; clicks of the same second keep the order in which they were added. Immutable and
 * thread-safe. Costs 16 bytes an event.
 */
public final class Events {
    private final int[] users;
    private final int[] items;
    private final long[] times;

    private Events(int[] users, int[] items, long[] times) {
        this.users = users;
        this.items = items;
        this.times = times;
    }

    /** How many events there are. */
    public int size() {
        return users.length;
    }

    /** The dense user id of an event. */
    public int user(int event) {
        return users[event];
    }

    /** The dense item id of an event. */
    public int item(int event) {
        return items[event];
    }

    /** The time of an event, in seconds. */
    public long time(int event) {
        return times[event];
    }

    /** The first event at or after a time; {@code size()} if there is none. */
    public int firstAtOrAfter(long time) {
        return lowerBound(times, 0, times.length, time);
    }

    /** The first event in the second of an event, where spans may be cut; {@code size()} for {@code size()}. */
    public int firstOfSecond(int event) {
        return event == times.length ? event : firstAtOrAfter(times[event]);
    }

    /**
     * The first second that the events before a position say nothing of: that of the event there, unless it shares its
     * second with the one before; MAX_VALUE for {@code size()}. Whoever learns from {@code [0, to)} may not ask what
     * happened in it or later.
     */
    public long horizon(int to) {
        if (to == times.length) {
            return Long.MAX_VALUE;
        }
        return to > 0 ? Math.max(times[to], times[to - 1] + 1) : times[to];
    }

    /** The first position in {@code [from, to)} of ascending times that is not before {@code time}, else {@code to}. */
    static int lowerBound(long[] times, int from, int to, long time) {
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (times[middle] < time) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Collects events in any order; not thread-safe. */
    public static final class Builder {
        private final IntList users = new IntList();
        private final IntList items = new IntList();
        private long[] times = new long[16];

        /** Adds a click of a user (dense id) on an item (dense id) at a time in seconds. */
        public Builder add(int user, int item, long time) {
            int size = users.size();
            if (size == times.length) {
                times = Arrays.copyOf(times, Math.multiplyExact(size, 2));
            }
            times[size] = time;
            users.add(user);
            items.add(item);
            return this;
        }

        /** How many events have been added. */
        public int size() {
            return users.size();
        }

        /** The events added so far, sorted by time, stably. */
        public Events build() {
            int size = users.size();
            int[] order = stableOrder(Arrays.copyOf(times, size));
            int[] unsortedUsers = users.toArray();
            int[] unsortedItems = items.toArray();
            int[] sortedUsers = new int[size];
            int[] sortedItems = new int[size];
            long[] sortedTimes = new long[size];
            for (int event = 0; event < size; event++) {
                sortedUsers[event] = unsortedUsers[order[event]];
                sortedItems[event] = unsortedItems[order[event]];
                sortedTimes[event] = times[order[event]];
            }
            return new Events(sortedUsers, sortedItems, sortedTimes);
        }

        /** Sorts (rank of the time, position) packed in one long: stable, without boxing, for any range of times. */
        private static int[] stableOrder(long[] times) {
            long[] sorted = times.clone();
            Arrays.parallelSort(sorted);
            long[] keys = new long[times.length];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = (long) lowerBound(sorted, 0, sorted.length, times[i]) << 32 | i;
            }
            Arrays.parallelSort(keys);
            int[] order = new int[keys.length];
            for (int i = 0; i < order.length; i++) {
                order[i] = (int) keys[i];
            }
            return order;
        }
    }
}
