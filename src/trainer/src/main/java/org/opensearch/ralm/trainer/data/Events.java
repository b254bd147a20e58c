package org.opensearch.ralm.trainer.data;

import java.util.Arrays;

/**
 * Clicks in ascending order of time; clicks of the same second keep the order in which they were added. Immutable and
 * thread-safe. Costs 16 bytes an event, and 4 more where clicks have contexts: what was noted of the circumstances of a
 * click, as a dense id of all that was noted together, e.g. a phone with Android in Brazil.
 */
public final class Events {
    private final int[] users;
    private final int[] items;
    private final long[] times;
    private final int[] eventContexts;
    private final int contexts;
    private final int untimed;

    private Events(int[] users, int[] items, long[] times, int[] eventContexts, int untimed) {
        this.users = users;
        this.items = items;
        this.times = times;
        this.eventContexts = eventContexts;
        this.contexts = Arrays.stream(eventContexts).max().orElse(-1) + 1;
        this.untimed = untimed;
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

    /** Whether anything is known of the circumstances of clicks. */
    public boolean hasContexts() {
        return contexts > 0;
    }

    /** How many contexts there are: the largest id and 1 more. */
    public int contexts() {
        return contexts;
    }

    /** The dense id of an event's context; only if there are contexts. */
    public int context(int event) {
        return eventContexts[event];
    }

    /**
     * How many events, the first ones, are known to be older than all others and in which order their user did them,
     * but not when they were. Spans are cut behind them.
     */
    public int untimed() {
        return untimed;
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
        private final IntList contexts = new IntList();
        private long[] times = new long[16];
        private long firstKnownTime = Long.MIN_VALUE;

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

        /** Adds a click with its context (dense id); all clicks must have one, or none. */
        public Builder add(int user, int item, long time, int context) {
            contexts.add(context);
            return add(user, item, time);
        }

        /** Says that times before this one are made up to put clicks in order: nobody knows when they were. */
        public Builder untimedBefore(long time) {
            firstKnownTime = time;
            return this;
        }

        /** How many events have been added. */
        public int size() {
            return users.size();
        }

        /**
         * The events added so far, sorted by time, stably.
         *
         * @throws IllegalStateException if some of them have a context and others have none
         */
        public Events build() {
            int size = size();
            if (contexts.size() != 0 && contexts.size() != size) {
                throw new IllegalStateException(contexts.size() + " of " + size + " clicks have a context");
            }
            int[] order = stableOrder(times, size);
            long[] sortedTimes = new long[size];
            for (int event = 0; event < size; event++) {
                sortedTimes[event] = times[order[event]];
            }
            return new Events(
                    users.inOrder(order),
                    items.inOrder(order),
                    sortedTimes,
                    contexts.size() == 0 ? new int[0] : contexts.inOrder(order),
                    lowerBound(sortedTimes, 0, size, firstKnownTime));
        }

        /** Sorts (rank of the time, position) packed in one long: stable, without boxing, for any range of times. */
        private static int[] stableOrder(long[] times, int size) {
            long[] sorted = Arrays.copyOf(times, size);
            Arrays.parallelSort(sorted);
            long[] keys = new long[size];
            for (int i = 0; i < size; i++) {
                keys[i] = (long) lowerBound(sorted, 0, size, times[i]) << 32 | i;
            }
            Arrays.parallelSort(keys);
            int[] order = new int[size];
            for (int i = 0; i < size; i++) {
                order[i] = (int) keys[i];
            }
            return order;
        }
    }
}
