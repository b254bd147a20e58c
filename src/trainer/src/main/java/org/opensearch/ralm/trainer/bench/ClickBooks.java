package org.opensearch.ralm.trainer.bench;

import java.util.HashSet;
import java.util.Set;

/** The bench's own account of what the cluster has acknowledged. Thread-safe. */
final class ClickBooks {

    private final int[] seeds;
    private final Set<Long> pairs = new HashSet<>();
    private long acknowledged;

    /**
     * @param candidates how many candidates there are
     */
    ClickBooks(int candidates) {
        this.seeds = new int[candidates];
    }

    /** Enters an acknowledged click. */
    synchronized void enter(Pair pair) {
        acknowledged++;
        if (pairs.add((long) pair.candidate() << 32 | pair.user())) {
            seeds[pair.candidate()]++;
        }
    }

    /** How many clicks were acknowledged, repeated ones included. */
    synchronized long acknowledged() {
        return acknowledged;
    }

    /** How many different users clicked a candidate, summed over all candidates. */
    synchronized long distinct() {
        return pairs.size();
    }

    /** What the cluster's counts lack or have too much against these books. */
    synchronized Difference against(int[] counted) {
        long missing = 0;
        long surplus = 0;
        for (int candidate = 0; candidate < seeds.length; candidate++) {
            missing += Math.max(0, seeds[candidate] - counted[candidate]);
            surplus += Math.max(0, counted[candidate] - seeds[candidate]);
        }
        return new Difference(missing, surplus);
    }

    /**
     * A comparison of counts, candidate by candidate.
     *
     * @param missing seeds that were acknowledged and are not counted
     * @param surplus seeds that are counted and were never acknowledged
     */
    record Difference(long missing, long surplus) {
        boolean isNone() {
            return missing == 0 && surplus == 0;
        }
    }
}
