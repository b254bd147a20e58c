package org.opensearch.ralm.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TensorTests {

    @Test
    void valuesMustFillTheShape() {
        assertRefused("a tensor of shape [2, 3] needs 6 values, but has 5", new int[] {2, 3}, 5);
        assertRefused("a tensor's shape must not be negative: [-1, -1]", new int[] {-1, -1}, 1);
    }

    @Test
    void aShapeWhoseProductOverflowsIsRefused() {
        int[] shape = {1 << 30, 1 << 30, 1 << 30, 0};

        assertRefused("a tensor of shape [1073741824, 1073741824, 1073741824, 0] is too large", shape, 0);
    }

    private static void assertRefused(String message, int[] shape, int values) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> new Tensor(shape, new float[values]))
                        .getMessage());
    }
}
