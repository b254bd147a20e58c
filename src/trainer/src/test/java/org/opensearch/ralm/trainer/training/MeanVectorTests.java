package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeanVectorTests {

    @Test
    void vectorsOfZerosDoNotCount() {
        MeanVector mean = new MeanVector(2);
        mean.add(new float[] {1, 0});
        mean.add(new float[] {0, 0});
        mean.add(new float[] {0, -3});
        assertArrayEquals(new float[] {0.5f, -1.5f}, mean.mean().orElseThrow());
    }

    @Test
    void ofNobodyThereIsNone() {
        MeanVector mean = new MeanVector(2);
        mean.add(new float[2]);
        assertEquals(Optional.empty(), mean.mean());
    }
}
