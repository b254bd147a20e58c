package org.opensearch.ralm.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.block.RandomBlocks;

class CandidateClusteringTests {

    private static final int H = 6;

    @Test
    void asManySeedsAsASampleHoldsAreAllClustered() {
        SortedMap<String, float[]> seeds = seeds(1, 200);
        float[] points = new float[200 * H];
        int at = 0;
        for (float[] seed : seeds.values()) {
            System.arraycopy(seed, 0, points, H * at++, H);
        }

        Clusters expected =
                new KMeans(7, 25, "a17".hashCode()).cluster(points, H).clusters();

        assertEquals(expected, new CandidateClustering(7, 200).cluster("a17", seeds));
        assertEquals(expected, new CandidateClustering(7, 100_000).cluster("a17", seeds));
    }

    /** The sample of many seeds, clustered as if it were all there is, gives the same centroids. */
    @Test
    void ofMoreSeedsTheSampleIsClusteredAndTheSizesAreScaled() {
        for (int count : new int[] {101, 150, 777}) {
            SortedMap<String, float[]> seeds = seeds(count, count);
            CandidateClustering clustering = new CandidateClustering(9, 100);
            SeedSample<float[]> sample = new SeedSample<>(100);
            seeds.forEach(sample::offer);

            Clusters found = clustering.cluster("a17", seeds);

            Clusters ofSample = clustering.cluster("a17", sample.chosen());
            assertEquals(count, found.seeds());
            assertEquals(ofSample.scaledTo(count), found);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 99, 100, 101, 1000})
    void seedsOfferedOneByOneInAnyOrderGiveTheSameClusters(int count) {
        SortedMap<String, float[]> seeds = seeds(count, count);
        CandidateClustering clustering = new CandidateClustering(5, 100);
        List<String> users = new ArrayList<>(seeds.keySet());
        Collections.shuffle(users, new Random(count));
        SeedSample<float[]> sample = clustering.sample();
        for (String user : users) {
            if (sample.wants(user)) {
                sample.offer(user, seeds.get(user));
            }
        }

        assertEquals(clustering.cluster("a", seeds), clustering.cluster("a", sample.chosen(), count));
    }

    @Test
    void aCandidateWithoutIdIsClusteredToo() {
        assertEquals(
                10, new CandidateClustering(3, 100).cluster(null, seeds(1, 10)).seeds());
    }

    @Test
    void aWrongSampleIsRefused() {
        CandidateClustering clustering = new CandidateClustering(3, 100);
        assertRefused(
                "of 50 seeds 50 are clustered, but 49 are given", () -> clustering.cluster("a", seeds(1, 49), 50));
        assertRefused(
                "of 500 seeds 100 are clustered, but 101 are given", () -> clustering.cluster("a", seeds(1, 101), 500));
        assertRefused("the size of a sample must be at least 1, but is 0", () -> new CandidateClustering(3, 0));
    }

    private static SortedMap<String, float[]> seeds(long seed, int count) {
        Random random = new Random(seed);
        SortedMap<String, float[]> seeds = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            seeds.put("user" + i, RandomBlocks.gaussian(random, H));
        }
        return seeds;
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
