package org.opensearch.ralm.trainer.data;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Each item's clicks in ascending order of time, for questions about an item's seeds (its distinct clickers) at a
 * moment. Immutable and thread-safe; 20 bytes an event. All answers look strictly before the moment.
 */
public final class SeedIndex {
    private final int[] offsets;
    private final int[] users;
    private final long[] times;
    /** Position of the same user's next click on the same item, or MAX_VALUE: tells a user's latest click apart. */
    private final int[] nextOfUser;
    /** How many positions of the item up to and including this one are a user's first click on it. */
    private final int[] distinct;

    private SeedIndex(int[] offsets, int[] users, long[] times, int[] nextOfUser, int[] distinct) {
        this.offsets = offsets;
        this.users = users;
        this.times = times;
        this.nextOfUser = nextOfUser;
        this.distinct = distinct;
    }

    /** The index over {@code itemCount} items, ids {@code 0..itemCount-1}. */
    public static SeedIndex of(Events events, int itemCount) {
        int[] offsets = new int[itemCount + 1];
        for (int event = 0; event < events.size(); event++) {
            offsets[events.item(event) + 1]++;
        }
        for (int item = 0; item < itemCount; item++) {
            offsets[item + 1] += offsets[item];
        }
        int[] next = offsets.clone();
        int[] users = new int[events.size()];
        long[] times = new long[events.size()];
        for (int event = 0; event < events.size(); event++) {
            int position = next[events.item(event)]++;
            users[position] = events.user(event);
            times[position] = events.time(event);
        }
        int[] nextOfUser = new int[events.size()];
        int[] distinct = new int[events.size()];
        for (int item = 0; item < itemCount; item++) {
            linkRepeats(users, offsets[item], offsets[item + 1], nextOfUser, distinct);
        }
        return new SeedIndex(offsets, users, times, nextOfUser, distinct);
    }

    private static void linkRepeats(int[] users, int start, int end, int[] nextOfUser, int[] distinct) {
        long[] byUser = new long[end - start];
        for (int position = start; position < end; position++) {
            byUser[position - start] = (long) users[position] << 32 | position;
        }
        Arrays.sort(byUser);
        for (int i = 0; i < byUser.length; i++) {
            boolean repeated = i + 1 < byUser.length && byUser[i] >>> 32 == byUser[i + 1] >>> 32;
            nextOfUser[(int) byUser[i]] = repeated ? (int) byUser[i + 1] : Integer.MAX_VALUE;
            boolean first = i == 0 || byUser[i - 1] >>> 32 != byUser[i] >>> 32;
            distinct[(int) byUser[i]] = first ? 1 : 0;
        }
        for (int position = start + 1; position < end; position++) {
            distinct[position] += distinct[position - 1];
        }
    }

    /** How many items there are. */
    public int items() {
        return offsets.length - 1;
    }

    /**
     * The item's seeds before a moment, newest click first.
     *
     * @param max how many seeds to return at most; the newest are kept
     * @return distinct dense user ids
     */
    public int[] seedsOf(int item, long time, int max) {
        int end = endBefore(item, time);
        int[] seeds = new int[Math.min(max, distinctUpTo(item, end))];
        for (int position = end - 1, found = 0; found < seeds.length; position--) {
            if (nextOfUser[position] >= end) {
                seeds[found++] = users[position];
            }
        }
        return seeds;
    }

    /** The items with at least so many seeds before a moment, ascending. */
    public int[] pool(int minSeeds, long time) {
        return pool(minSeeds, Long.MIN_VALUE, time);
    }

    /** The items with at least so many seeds among the clicks in {@code [from, time)}, ascending. */
    int[] pool(int minSeeds, long from, long time) {
        return IntStream.range(0, items())
                .filter(item -> seedCount(item, from, time) >= minSeeds)
                .toArray();
    }

    /** How many seeds the item has before a moment. */
    public int seedCount(int item, long time) {
        return seedCount(item, Long.MIN_VALUE, time);
    }

    /** How many seeds the item has among the clicks in {@code [from, time)}. */
    private int seedCount(int item, long from, long time) {
        int end = endBefore(item, time);
        int start = endBefore(item, from);
        if (start == offsets[item]) {
            return distinctUpTo(item, end);
        }
        return (int) IntStream.range(start, end)
                .filter(position -> nextOfUser[position] >= end)
                .count();
    }

    /** How many clicks, repeated ones included, the item got in {@code [from, to)}. */
    public int clicks(int item, long from, long to) {
        return endBefore(item, to) - endBefore(item, from);
    }

    private int endBefore(int item, long time) {
        return Events.lowerBound(times, offsets[item], offsets[item + 1], time);
    }

    private int distinctUpTo(int item, int end) {
        return end == offsets[item] ? 0 : distinct[end - 1];
    }
}
