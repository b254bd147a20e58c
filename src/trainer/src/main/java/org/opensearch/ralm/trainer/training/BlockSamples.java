package org.opensearch.ralm.trainer.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeLocalNegatives;

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
record BlockSamples(BlockSeeds seeds, int[] users, Embeddings universal, int[] positives, TimeLocalNegatives sampler) {

    /** How many samples there are. */
    int size() {
        return users.length;
    }

    /**
     * Makes the samples of the blocks of a span; blocks without one are left out.
     *
     * @param from first event
     * @param to event after the last
     * @param room for the embeddings of users and seeds
     */
    static List<BlockSamples> of(
            Dataset dataset,
            SeedIndex index,
            UserEmbedder embedder,
            int from,
            int to,
            LookalikeOptions options,
            EmbeddingRoom room) {
        List<BlockSamples> samples = new ArrayList<>();
        for (Block block : dataset.timing().blocks(dataset.events(), from, to)) {
            BlockSamples ofBlock = of(dataset, index, embedder, block, options, room);
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
            LookalikeOptions options,
            EmbeddingRoom room) {
        Events events = dataset.events();
        int[] pool = dataset.timing().pool(index, options.minSeeds(), block.start());
        int[] clicks = dataset.firstClicks(block, pool);
        int[] users = Arrays.stream(clicks).map(events::user).toArray();
        long[] times = Arrays.stream(clicks).mapToLong(events::time).toArray();
        return new BlockSamples(
                BlockSeeds.of(index, embedder, pool, block.start(), options.maxSeeds(), room),
                users,
                new Embeddings(embedder, room, users, times),
                Arrays.stream(clicks)
                        .map(event -> Arrays.binarySearch(pool, events.item(event)))
                        .toArray(),
                new TimeLocalNegatives(events, dataset.history(), block, item -> Arrays.binarySearch(pool, item) >= 0));
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
