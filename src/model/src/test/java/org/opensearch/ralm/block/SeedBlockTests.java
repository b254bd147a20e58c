package org.opensearch.ralm.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.cluster.Clusters;

class SeedBlockTests {

    @ParameterizedTest
    @CsvSource({
        "0, 2, 2, 'a seed block holds 1 to 128 clusters, but has 0'",
        "129, 2, 2, 'a seed block holds 1 to 128 clusters, but has 129'",
        "1, 1025, 1025, 'a seed block''s dimension is 1 to 1024, but is 1025'",
        "1, 3, 2, 'a global embedding of dimension 2 does not fit clusters of dimension 3'",
    })
    void sizesOutOfBoundsAreRefused(int count, int dimension, int globalDimension, String message) {
        Clusters clusters = RandomBlocks.clusters(new Random(1), count, dimension);

        assertRefused(message, clusters, new float[globalDimension]);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void valuesThatAreNotFiniteAreRefused(float value) {
        Clusters clusters = new Clusters(2, new float[] {1, 2, 3, value}, new int[] {1, 1});
        String length = Float.isNaN(value) ? "NaN" : "Infinity";

        assertRefused(
                "centroid 1 of a seed block has length " + length + ", expected a finite one below 1.8E19",
                clusters,
                new float[2]);
        assertRefused(
                "the global embedding of a seed block has length " + length + ", expected a finite one below 1.8E19",
                new Clusters(2, new float[2], new int[] {1}),
                new float[] {0, value});
    }

    /** Its products with itself would be infinite in single precision. */
    @Test
    void vectorsTooLongToBeMultipliedAreRefused() {
        float[] tooLong = {1.5e19f, 1.5e19f};

        assertRefused(
                "centroid 0 of a seed block has length 2.1213203E19, expected a finite one below 1.8E19",
                new Clusters(2, tooLong, new int[] {1}),
                new float[2]);
        assertRefused(
                "the global embedding of a seed block has length 2.1213203E19, expected a finite one below 1.8E19",
                new Clusters(2, new float[2], new int[] {1}),
                tooLong);
    }

    @Test
    void equalityLooksAtTheNumbers() {
        SeedBlock block = RandomBlocks.block(new Random(1), 3, 4);
        SeedBlock same = RandomBlocks.block(new Random(1), 3, 4);

        assertEquals(block, same);
        assertEquals(block.hashCode(), same.hashCode());
        assertNotEquals(block, new SeedBlock(block.fingerprint() + 1, block.clusters(), block.global()));
        assertNotEquals(block, new SeedBlock(block.fingerprint(), block.clusters(), new float[4]));
    }

    private static void assertRefused(String message, Clusters clusters, float[] global) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new SeedBlock(1, clusters, global))
                        .getMessage());
    }
}
