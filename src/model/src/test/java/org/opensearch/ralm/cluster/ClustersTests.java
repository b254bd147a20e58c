package org.opensearch.ralm.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opensearch.ralm.block.RandomBlocks;

class ClustersTests {

    @Test
    void seedsAreCountedBeyondTheRangeOfOneSize() {
        int most = Integer.MAX_VALUE;

        assertEquals(3L * most, new Clusters(1, new float[3], new int[] {most, most, most}).seeds());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 1, 'the dimension must be at least 1, but is 0'",
        "2, 5, 1, '2 clusters of dimension 2 need 4 values, but there are 5'",
        "2147483647, 5, 1, '2 clusters of dimension 2147483647 need 4294967294 values, but there are 5'",
        "1, 2, 0, 'a cluster must have at least 1 seed, but has 0'",
        "1, 2, -3, 'a cluster must have at least 1 seed, but has -3'",
    })
    void arraysThatDoNotFitAreRefused(int dimension, int values, int size, String message) {
        float[] centroids = new float[values];
        int[] sizes = {1, size};

        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new Clusters(dimension, centroids, sizes))
                        .getMessage());
    }

    @Test
    void equalityLooksAtTheNumbers() {
        Clusters clusters = new Clusters(2, new float[] {1, 2, 3, 4}, new int[] {5, 6});
        Clusters same = new Clusters(2, new float[] {1, 2, 3, 4}, new int[] {5, 6});

        assertEquals(clusters, same);
        assertEquals(clusters.hashCode(), same.hashCode());
        assertNotEquals(clusters, new Clusters(2, new float[] {1, 2, 3, 5}, new int[] {5, 6}));
        assertNotEquals(clusters, new Clusters(2, new float[] {1, 2, 3, 4}, new int[] {6, 5}));
        assertArrayEquals(new float[] {3, 4}, clusters.centroid(1));
    }

    @Test
    void scaledSizesSumToTheSeedsAndDifferFromTheShareByLessThanOne() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            Clusters clusters = RandomBlocks.clusters(random, 1 + random.nextInt(128), 2);
            int seeds = (int) clusters.seeds() + random.nextInt(random.nextBoolean() ? 10 : 1_000_000_000);

            Clusters scaled = clusters.scaledTo(seeds);

            assertEquals(seeds, scaled.seeds(), "seed " + seed);
            assertArrayEquals(clusters.centroids(), scaled.centroids(), "seed " + seed);
            for (int c = 0; c < clusters.count(); c++) {
                double share = (double) clusters.sizes()[c] * seeds / clusters.seeds();
                assertEquals(share, scaled.sizes()[c], 1, "seed " + seed);
            }
        }
    }

    @Test
    void theLargestRemaindersAreRoundedUp() {
        assertArrayEquals(new int[] {2, 3, 5}, sized(1, 2, 3).scaledTo(10).sizes());
        assertArrayEquals(new int[] {2, 2, 1}, sized(1, 1, 1).scaledTo(5).sizes());
        assertArrayEquals(new int[] {3, 4}, sized(3, 4).scaledTo(7).sizes());
        assertArrayEquals(
                new int[] {Integer.MAX_VALUE},
                sized(2_000_000_000).scaledTo(Integer.MAX_VALUE).sizes());
    }

    @Test
    void clustersCannotBeScaledToFewerSeeds() {
        assertEquals(
                "clusters of 7 seeds cannot be scaled to 6",
                assertThrows(IllegalArgumentException.class, () -> sized(3, 4).scaledTo(6))
                        .getMessage());
        assertEquals(
                "clusters of 0 seeds cannot be scaled to 1",
                assertThrows(IllegalArgumentException.class, () -> sized().scaledTo(1))
                        .getMessage());
    }

    private static Clusters sized(int... sizes) {
        return new Clusters(1, new float[sizes.length], sizes);
    }
}
