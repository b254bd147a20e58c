package org.opensearch.ralm.trainer.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.Scorer;

final class MinHashTests {

    @Test
    void shareOfCommonBucketsIsThePowerOfTheJaccardSimilarity() {
        int[] one = IntStream.range(0, 30).toArray();
        int[] other = IntStream.range(10, 40).toArray();
        double jaccard = 20.0 / 40;
        for (int rows : new int[] {1, 2, 3}) {
            int bands = 4_000;
            MinHash hash = new MinHash(bands, rows, 5);
            long[] first = hash.buckets(one);
            long[] second = hash.buckets(other);
            long common = IntStream.range(0, bands)
                    .filter(band -> first[band] == second[band])
                    .count();
            assertEquals(Math.pow(jaccard, rows), common / (double) bands, 0.03);
        }
    }

    @Test
    void equalSetsShareAllBucketsAndBandsHaveBucketsOfTheirOwn() {
        MinHash hash = new MinHash(20, 4, 1);
        assertArrayEquals(hash.buckets(new int[] {3, 1, 2}), hash.buckets(new int[] {1, 2, 3}));
        assertEquals(
                20, Arrays.stream(hash.buckets(new int[] {1, 2})).distinct().count());
    }

    @Test
    void refusesNoBandsAndNoRows() {
        assertThrows(IllegalArgumentException.class, () -> new MinHash(0, 4, 1));
        assertThrows(IllegalArgumentException.class, () -> new MinHash(4, 0, 1));
    }

    @Test
    void whoSharesNoBucketWithASeedGetsNoScoreAndOthersTheirOwn() {
        Dataset dataset = TinyWorld.dataset();
        SeedIndex seeds = SeedIndex.of(dataset.events(), TinyWorld.ITEMS);
        MinHash hash = new MinHash(3, 3, 8);
        long start = 30 * TinyWorld.DAY;
        int item = 5;
        int[] users = IntStream.range(0, TinyWorld.USERS).toArray();
        long[] times = new long[users.length];
        Arrays.fill(times, start);
        IdLists.Builder candidates = new IdLists.Builder();
        IntStream.of(users).forEach(user -> candidates.add(item).endRow());
        MinHashStage stage = new MinHashStage(
                (block, rows, moments, items) -> new float[items.ids().length], hash, dataset, seeds, 10);
        float[] scores = stage.score(new Block(start, start + 1, 0, 1), users, times, candidates.build());

        MultiHot encoding = new MultiHot(dataset, MultiHot.Numbers.TENTHS);
        Set<Long> ofSeeds = new HashSet<>();
        for (SparseVector seed : encoding.encode(seeds.seedsOf(item, start, 10), start)) {
            Arrays.stream(hash.buckets(seed.features())).forEach(ofSeeds::add);
        }
        int outside = 0;
        for (int user : users) {
            long[] buckets =
                    hash.buckets(encoding.encode(new int[] {user}, start).get(0).features());
            boolean shared = Arrays.stream(buckets).anyMatch(ofSeeds::contains);
            assertEquals(shared ? 0 : Scorer.NO_SCORE, scores[user]);
            outside += shared ? 0 : 1;
        }
        assertTrue(outside > 0 && outside < users.length, outside + " outside");
        assertEquals(
                String.format(Locale.ROOT, "%.1f %% of the pairs scored share no bucket", outside / 1.5),
                stage.remark().orElseThrow());
    }
}
