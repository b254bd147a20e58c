package org.opensearch.ralm.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PrecisionAtKTests {

    @Test
    void dividesTheHitsByTheSmallerOfKAndTheClickedItems() {
        PrecisionAtK precision = new PrecisionAtK(2);
        // Best two are the candidates 1 and 3; one of three clicked is among them: 1 / min(2, 3).
        precision.add(new float[] {1, 9, 2, 8, 3}, new boolean[] {true, true, true, false, false}, 0, 5);
        assertEquals(0.5, precision.mean(), 1e-12);
        // One clicked, and found: 1 / min(2, 1).
        precision.add(new float[] {0, 1, 9, 2}, new boolean[] {true, false, false, true}, 1, 4);
        assertEquals(0.75, precision.mean(), 1e-12);
        precision.add(new float[] {1, 2}, new boolean[2], 0, 2);
        assertEquals(2, precision.rankings());
        assertEquals(0.75, precision.mean(), 1e-12);
    }

    @Test
    void equalsSortingTheRankingWithEqualScoresInGivenOrder() {
        Random random = new Random(2);
        for (int k : new int[] {1, 10, 50}) {
            PrecisionAtK precision = new PrecisionAtK(k);
            double sum = 0;
            int counted = 0;
            for (int trial = 0; trial < 100; trial++) {
                float[] scores = new float[60];
                boolean[] clicked = new boolean[60];
                for (int i = 0; i < 60; i++) {
                    scores[i] = random.nextInt(12);
                    clicked[i] = random.nextInt(20) == 0;
                }
                precision.add(scores, clicked, 0, 60);
                long hits = IntStream.range(0, 60)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -scores[i]))
                        .limit(k)
                        .filter(i -> clicked[i])
                        .count();
                long relevant = IntStream.range(0, 60).filter(i -> clicked[i]).count();
                sum += relevant == 0 ? 0 : (double) hits / Math.min(k, relevant);
                counted += relevant == 0 ? 0 : 1;
            }
            assertEquals(counted, precision.rankings());
            assertEquals(sum / counted, precision.mean(), 1e-12);
        }
    }

    @Test
    void isUndefinedWithoutRankingsAndForNoLength() {
        assertTrue(Double.isNaN(new PrecisionAtK(10).mean()));
        assertThrows(IllegalArgumentException.class, () -> new PrecisionAtK(0));
    }
}
