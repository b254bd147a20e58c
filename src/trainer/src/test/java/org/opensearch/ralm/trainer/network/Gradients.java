package org.opensearch.ralm.trainer.network;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import java.util.function.DoubleSupplier;

/** Compares a gradient with central differences along random directions. */
final class Gradients {

    private static final double STEP = 5e-3;

    private static final float SMALL_STEP = 0x1p-11f;
    private static final double RELATIVE_ERROR = 1e-4;

    private Gradients() {}

    static void assertMatchesFiniteDifferences(Parameter parameter, float[] gradient, DoubleSupplier loss) {
        Random random = new Random(parameter.name().hashCode());
        for (int trial = 0; trial < 3; trial++) {
            double[] direction = unitDirection(random, gradient.length);
            double expected = (shifted(parameter, direction, STEP, loss) - shifted(parameter, direction, -STEP, loss))
                    / (2 * STEP);
            double actual = 0;
            double norm = 0;
            for (int i = 0; i < gradient.length; i++) {
                actual += gradient[i] * direction[i];
                norm += (double) gradient[i] * gradient[i];
            }
            // float32 losses leave about 1e-7 / STEP of noise in a difference quotient.
            assertEquals(expected, actual, 1e-2 * Math.sqrt(norm) + 2e-4, parameter.name());
        }
    }

    /**
     * Compares each value of a gradient with the central difference of a loss that is computed in double precision from
     * the float32 parameters.
     */
    static void assertMatchesEachCentralDifference(Parameter parameter, float[] gradient, DoubleSupplier loss) {
        float[] values = parameter.values();
        double[] expected = new double[values.length];
        double largest = 0;
        for (int i = 0; i < values.length; i++) {
            float before = values[i];
            float above = values[i] = before + SMALL_STEP;
            double lossAbove = loss.getAsDouble();
            float below = values[i] = before - SMALL_STEP;
            double lossBelow = loss.getAsDouble();
            values[i] = before;
            expected[i] = (lossAbove - lossBelow) / ((double) above - below);
            largest = Math.max(largest, Math.abs(expected[i]));
        }
        for (int i = 0; i < values.length; i++) {
            assertEquals(expected[i], gradient[i], RELATIVE_ERROR * largest + 1e-7, parameter.name() + "[" + i + "]");
        }
    }

    private static double shifted(Parameter parameter, double[] direction, double step, DoubleSupplier loss) {
        float[] values = parameter.values();
        float[] before = values.clone();
        for (int i = 0; i < values.length; i++) {
            values[i] += (float) (step * direction[i]);
        }
        double result = loss.getAsDouble();
        System.arraycopy(before, 0, values, 0, before.length);
        return result;
    }

    private static double[] unitDirection(Random random, int size) {
        double[] direction = random.doubles(size, -1, 1).toArray();
        double norm = 0;
        for (double value : direction) {
            norm += value * value;
        }
        for (int i = 0; i < size; i++) {
            direction[i] /= Math.sqrt(norm);
        }
        return direction;
    }
}
