package org.opensearch.ralm.trainer.evaluation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeLocalNegatives;
import org.opensearch.ralm.trainer.data.TimeSplit;

/**
 * How test cases are made of held-out clicks: time-strict seeds and time-local negatives, block by block.
 * The same dataset, split and protocol always give the same cases.
 *
 * @param minSeeds     an item is in the pool if it has at least so many seeds
 * @param negatives    items drawn against each click
 * @param seed         of the random draws
 */
public record Protocol(int minSeeds, int negatives, long seed) {
    public Protocol {
        checkAtLeastOne("min_seeds", minSeeds);
        checkAtLeastOne("negatives", negatives);
    }

    /** This protocol with candidates of at least so many seeds. */
    public Protocol withMinSeeds(int seeds) {
        return new Protocol(seeds, negatives, seed);
    }

    /** This protocol with other random draws. */
    public Protocol withSeed(long other) {
        return new Protocol(minSeeds, negatives, other);
    }

    /** 20 seeds, 10 negatives. */
    public static Protocol standard() {
        return new Protocol(20, 10, 42);
    }

    /**
     * The test cases of the split's test span. A case is a user's first click ever on an item of the pool; the user
     * must have clicked something before the block. Blocks without a case, or with nothing to rank against it, are left
     * out.
     */
    public List<TestBlock> testBlocks(Dataset dataset, SeedIndex seeds, TimeSplit split) {
        List<TestBlock> blocks = new ArrayList<>();
        for (Block block : dataset.timing().blocks(dataset.events(), split.test(), split.end())) {
            TestBlock cases = cases(dataset, block, dataset.timing().pool(seeds, minSeeds, block.start()));
            if (cases.negatives().ids().length > 0) {
                blocks.add(cases);
            }
        }
        return blocks;
    }

    /**
     * The same where there must be something to measure.
     *
     * @throws IllegalArgumentException if there is no test case
     */
    public List<TestBlock> requiredTestBlocks(Dataset dataset, SeedIndex seeds, TimeSplit split) {
        List<TestBlock> blocks = testBlocks(dataset, seeds, split);
        if (blocks.isEmpty()) {
            throw new IllegalArgumentException("dataset [" + dataset.name() + "] has nothing to measure by: after "
                    + split.test() + " of its " + split.end() + " clicks there is no first click on an item with "
                    + minSeeds + " seeds by a known user that another such item can be ranked against");
        }
        return blocks;
    }

    /**
     * The cases of one block with candidates that are cold at its start.
     *
     * @param items which items are asked for
     * @param below an item is cold with fewer seeds; 1 for items without any
     */
    public TestBlock coldCases(Dataset dataset, SeedIndex seeds, Block block, IntPredicate items, int below) {
        int[] pool = IntStream.range(0, dataset.items().size())
                .filter(items)
                .filter(item -> seeds.seedCount(item, block.start()) < below)
                .toArray();
        return cases(dataset, block, pool);
    }

    /**
     * The cases of one block: first clicks on items of a pool, against others of it that were clicked in the block.
     *
     * @param pool items, ascending
     */
    private TestBlock cases(Dataset dataset, Block block, int[] pool) {
        Events events = dataset.events();
        TimeLocalNegatives sampler =
                new TimeLocalNegatives(events, dataset.history(), block, item -> Arrays.binarySearch(pool, item) >= 0);
        Random random = new Random(seed ^ block.start());
        IdLists.Builder drawn = new IdLists.Builder();
        int[] clicks = dataset.firstClicks(block, pool);
        for (int event : clicks) {
            for (int i = 0; i < negatives; i++) {
                int negative = sampler.draw(events.user(event), random);
                if (negative >= 0) {
                    drawn.add(negative);
                }
            }
            drawn.endRow();
        }
        return new TestBlock(
                block,
                pool,
                IntStream.of(clicks).map(events::user).toArray(),
                IntStream.of(clicks).map(events::item).toArray(),
                IntStream.of(clicks).mapToLong(events::time).toArray(),
                drawn.build());
    }

    private static void checkAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("[" + name + "] must be 1 or more, got " + value);
        }
    }
}
