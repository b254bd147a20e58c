package org.opensearch.ralm.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class GiniTests {

    @Test
    void matchesWorkedExamples() {
        assertEquals(0, Gini.of(new long[] {5, 5, 5, 5}), 1e-12);
        assertEquals(0.75, Gini.of(new long[] {0, 0, 8, 0}), 1e-12);
        // Ascending 1, 2, 3: (-2*1 + 0*2 + 2*3) / (3*6).
        assertEquals(4.0 / 18, Gini.of(new long[] {3, 1, 2}), 1e-12);
    }

    @Test
    void equalsHalfTheRelativeMeanDifference() {
        Random random = new Random(4);
        long[] counts = random.longs(200, 0, 1_000).toArray();
        double differences = 0;
        for (long one : counts) {
            for (long other : counts) {
                differences += Math.abs(one - other);
            }
        }
        double mean = Arrays.stream(counts).average().orElseThrow();
        assertEquals(differences / (2.0 * counts.length * counts.length * mean), Gini.of(counts), 1e-12);
    }

    @Test
    void isUndefinedWithoutClicksAndRefusesNegativeCounts() {
        assertTrue(Double.isNaN(Gini.of(new long[] {0, 0})));
        assertThrows(IllegalArgumentException.class, () -> Gini.of(new long[] {1, -1}));
    }
}
