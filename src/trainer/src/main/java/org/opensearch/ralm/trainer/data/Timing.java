package org.opensearch.ralm.trainer.data;

import java.util.List;

/**
 * How fast a feed turns over: the blocks its time is cut into, and how recent a candidate's seeds must be. What is known
 * in a block is what happened before its start.
 *
 * @param blockSeconds duration of a block, at least 1
 * @param poolSeconds an item is a candidate in a block if it has enough seeds among the clicks of so many seconds before,
 *     at least 1; {@link #EVER} if their age does not matter
 */
public record Timing(long blockSeconds, long poolSeconds) {

    /** As an age of clicks: any. */
    public static final long EVER = Long.MAX_VALUE;

    private static final long HOUR = 3_600;

    /** Blocks of three days, items of any age: films, goods. */
    public static final Timing DEFAULT = new Timing(72 * HOUR, EVER);

    /** Blocks of a day, items that were read in the day before: news. */
    public static final Timing NEWS = new Timing(24 * HOUR, 24 * HOUR);

    /** Checks that both last. */
    public Timing {
        if (blockSeconds < 1 || poolSeconds < 1) {
            throw new IllegalArgumentException("[block_seconds] and [pool_seconds] must be 1 or more, got "
                    + blockSeconds + " and " + poolSeconds);
        }
    }

    /** The same with blocks of so many hours. */
    public Timing withBlockHours(int hours) {
        return new Timing(hours * HOUR, poolSeconds);
    }

    /** The same with candidates whose seeds are of so many hours; of any age if 0. */
    public Timing withPoolHours(int hours) {
        return new Timing(blockSeconds, hours == 0 ? EVER : hours * HOUR);
    }

    /** The hours of a block. */
    public double blockHours() {
        return (double) blockSeconds / HOUR;
    }

    /** The hours whose seeds make a candidate; 0 if their age does not matter. */
    public double poolHours() {
        return poolSeconds == EVER ? 0 : (double) poolSeconds / HOUR;
    }

    /** Cuts the events {@code [from, to)} into blocks. */
    public List<Block> blocks(Events events, int from, int to) {
        return Block.cut(events, from, to, blockSeconds);
    }

    /**
     * The candidates in a block that starts at a moment.
     *
     * @param minSeeds how many distinct users must have clicked an item
     * @return dense item ids, ascending
     */
    public int[] pool(SeedIndex seeds, int minSeeds, long time) {
        return seeds.pool(minSeeds, poolSeconds == EVER ? Long.MIN_VALUE : time - poolSeconds, time);
    }
}
