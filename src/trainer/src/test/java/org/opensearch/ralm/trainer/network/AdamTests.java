package org.opensearch.ralm.trainer.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class AdamTests {

    private static final int ROWS = 7;
    private static final int WIDTH = 3;
    private static final double RATE = 0.01;

    private final Random random = new Random(5);
    private final Adam adam = new Adam();
    private final EmbeddingTable table = new EmbeddingTable("table", ROWS, WIDTH, new Random(1));
    private final DenseReference reference =
            new DenseReference(table.parameter().values());

    @Test
    void rowsLearnAsIfEachStepTouchedThemAll() {
        for (int step = 1; step <= 3 * Adam.LONGEST_SKIP; step++) {
            learn(random.nextInt(ROWS - 1), RATE / step);
        }
        adam.catchUp(table);
        assertCloseToReference();
    }

    @Test
    void rowThatWasNotReadForLongCatchesUpWithAllItsSteps() {
        learn(0, RATE);
        for (int step = 0; step < 2 * Adam.LONGEST_SKIP + 10; step++) {
            learn(1, RATE);
        }
        adam.catchUp(table, 0);
        assertCloseToReference();
    }

    @Test
    void catchingUpTwiceIsCatchingUpOnce() {
        learn(0, RATE);
        learn(1, RATE);
        adam.catchUp(table);
        float[] once = table.parameter().values().clone();
        adam.catchUp(table);
        assertArrayEquals(once, table.parameter().values());
    }

    private void learn(int row, double rate) {
        adam.catchUp(table, row);
        float[] gradient = new float[ROWS * WIDTH];
        for (int d = 0; d < WIDTH; d++) {
            gradient[row * WIDTH + d] = (float) random.nextGaussian() * 0.01f;
        }
        table.gradients().add(row, gradient, row * WIDTH, 1);
        adam.nextStep(rate);
        adam.update(table);
        reference.step(gradient, rate);
    }

    private void assertCloseToReference() {
        for (int i = 0; i < ROWS * WIDTH; i++) {
            assertEquals(reference.values[i], table.parameter().values()[i], 5e-6, "value " + i);
            assertEquals(reference.first[i], table.parameter().firstMoment()[i], 1e-8, "first moment " + i);
            assertEquals(reference.second[i], table.parameter().secondMoment()[i], 1e-8, "second moment " + i);
        }
    }

    /** Algorithm 1 of Kingma and Ba, in doubles, over all values in each step. */
    private static final class DenseReference {

        private final double[] values;
        private final double[] first;
        private final double[] second;
        private int step;

        DenseReference(float[] begin) {
            values = new double[begin.length];
            first = new double[begin.length];
            second = new double[begin.length];
            for (int i = 0; i < begin.length; i++) {
                values[i] = begin[i];
            }
        }

        void step(float[] gradient, double rate) {
            step++;
            for (int i = 0; i < values.length; i++) {
                first[i] = 0.9 * first[i] + 0.1 * gradient[i];
                second[i] = 0.999 * second[i] + 0.001 * gradient[i] * gradient[i];
                double m = first[i] / (1 - Math.pow(0.9, step));
                double v = second[i] / (1 - Math.pow(0.999, step));
                values[i] -= rate * m / (Math.sqrt(v) + 1e-8);
            }
        }
    }
}
