package org.opensearch.ralm.trainer.metric;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AucTests {

    @Test
    void countsPairsInOrderAndTiesOneHalf() {
        // Clicked 0.9, 0.5, 0.1 against 0.5, 0.2: wins 2 + (0.5 + 1) + 0 of 6 pairs.
        float[] scores = {0.9f, 0.5f, 0.5f, 0.2f, 0.1f};
        boolean[] clicked = {true, true, false, false, true};
        assertEquals(3.5 / 6, Auc.pooled(scores, clicked), 1e-12);
    }

    @Test
    void averagesUsersAndLeavesOutThoseWithoutBothLabels() {
        int[] users = {3, 8, 3, 8, 3, 5};
        float[] scores = {1, 1, 2, 2, 3, 9};
        boolean[] clicked = {true, false, false, true, true, true};
        assertEquals((0.5 + 1) / 2, Auc.byUser(users, scores, clicked), 1e-12);
    }

    @Test
    void equalsTheComparisonOfAllPairs() {
        Random random = new Random(5);
        for (int trial = 0; trial < 50; trial++) {
            int size = 1 + random.nextInt(300);
            int[] users = new int[size];
            float[] scores = new float[size];
            boolean[] clicked = new boolean[size];
            for (int sample = 0; sample < size; sample++) {
                users[sample] = random.nextInt(8);
                scores[sample] = random.nextInt(20) / 10f - 1;
                clicked[sample] = random.nextInt(4) == 0;
            }
            assertEquals(allPairs(users, scores, clicked, -1), Auc.pooled(scores, clicked), 1e-12);
            double mean = IntStream.range(0, 8)
                    .mapToDouble(user -> allPairs(users, scores, clicked, user))
                    .filter(area -> !Double.isNaN(area))
                    .average()
                    .orElse(Double.NaN);
            assertEquals(mean, Auc.byUser(users, scores, clicked), 1e-12);
        }
    }

    @Test
    void isUndefinedWithoutBothLabels() {
        assertTrue(Double.isNaN(Auc.pooled(new float[] {1}, new boolean[] {true})));
        assertTrue(Double.isNaN(Auc.byUser(new int[1], new float[1], new boolean[1])));
        assertTrue(Double.isNaN(Auc.pooled(new float[0], new boolean[0])));
    }

    @Test
    void refusesNaNAndUnequalLengths() {
        float[] bad = {0, Float.NaN};
        String message = assertThrows(IllegalArgumentException.class, () -> Auc.pooled(bad, new boolean[2]))
                .getMessage();
        assertEquals("the score of sample 1 is NaN", message);
        assertThrows(IllegalArgumentException.class, () -> Auc.pooled(new float[2], new boolean[1]));
        assertThrows(IllegalArgumentException.class, () -> Auc.byUser(new int[1], new float[2], new boolean[2]));
    }

    private static double allPairs(int[] users, float[] scores, boolean[] clicked, int user) {
        double wins = 0;
        long pairs = 0;
        for (int i = 0; i < scores.length; i++) {
            for (int j = 0; j < scores.length; j++) {
                boolean counted = user < 0 || users[i] == user && users[j] == user;
                if (counted && clicked[i] && !clicked[j]) {
                    wins += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        return wins / pairs;
    }
}
