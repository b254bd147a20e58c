package org.opensearch.ralm.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeLocalNegatives;
import org.opensearch.ralm.trainer.data.UserHistory;

/**
 * The look-alike samples of one block of time: users' first clicks on candidates, the users as they were just before
 * the click, the seeds as they were at the block's start.
 *
 * @param seeds the candidates and their seeds
 * @param users the user of each sample
 * @param universal the users' universal embeddings just before their click
 * @param positives the place of the clicked candidate in the pool
 * @param sampler draws candidates against a click
 */
record BlockSamples(BlockSeeds seeds, int[] users, DMatrixRMaj universal, int[] positives, TimeLocalNegatives sampler) {

    /** How many samples there are. */
    int size() {
        return users.length;
    }

    /**
     * Makes the samples of the blocks of a span; blocks without one are left out.
     *
     * @param from first event
     * @param to event after the last
     */
    static List<BlockSamples> of(
            Dataset dataset, SeedIndex index, UserEmbedder embedder, int from, int to, LookalikeOptions options) {
        List<BlockSamples> samples = new ArrayList<>();
        for (Block block : Block.cut(dataset.events(), from, to, LookalikeOptions.BLOCK_SECONDS)) {
            int[] pool = IntStream.range(0, index.items())
                    .filter(item -> index.seedCount(item, block.start()) >= options.minSeeds())
                    .toArray();
            BlockSamples ofBlock = of(dataset, index, embedder, block, pool, options);
            if (ofBlock.size() > 0) {
                samples.add(ofBlock);
            }
        }
        return samples;
    }

    private static BlockSamples of(
            Dataset dataset,
            SeedIndex index,
            UserEmbedder embedder,
            Block block,
            int[] pool,
            LookalikeOptions options) {
        Events events = dataset.events();
        int[] clicks = firstClicks(dataset, block, pool);
        int[] users = Arrays.stream(clicks).map(events::user).toArray();
        long[] times = Arrays.stream(clicks).mapToLong(events::time).toArray();
        return new BlockSamples(
                BlockSeeds.of(index, embedder, pool, block.start(), options.maxSeeds()),
                users,
                embedder.embed(users, times),
                Arrays.stream(clicks)
                        .map(event -> Arrays.binarySearch(pool, events.item(event)))
                        .toArray(),
                new TimeLocalNegatives(events, dataset.history(), block, item -> Arrays.binarySearch(pool, item) >= 0));
    }

    private static int[] firstClicks(Dataset dataset, Block block, int[] pool) {
        Events events = dataset.events();
        UserHistory history = dataset.history();
        Set<Long> seen = new HashSet<>();
        return IntStream.range(block.firstEvent(), block.endEvent())
                .filter(event -> Arrays.binarySearch(pool, events.item(event)) >= 0)
                .filter(event ->
                        history.endBefore(events.user(event), block.start()) > history.start(events.user(event)))
                .filter(event -> history.clickedBefore(events.user(event), events.item(event), block.start()) == false)
                .filter(event -> seen.add((long) events.user(event) << 32 | events.item(event)))
                .toArray();
    }

    /** The places in the pool of candidates drawn against a user's click; fewer than asked for if there are no more. */
    int[] negatives(int sample, int count, Random random) {
        int[] drawn = new int[count];
        int size = 0;
        for (int i = 0; i < count; i++) {
            int item = sampler.draw(users[sample], random);
            if (item >= 0) {
                drawn[size++] = seeds.place(item);
            }
        }
        return Arrays.copyOf(drawn, size);
    }
}
