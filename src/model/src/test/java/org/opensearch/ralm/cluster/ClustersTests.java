package org.opensearch.ralm.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
}
