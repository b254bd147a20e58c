package org.opensearch.ralm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimdAttentionTests {

    private static final int BLOCK = 1 << 14;

    @BeforeAll
    static void needsRegisters() {
        assumeTrue(Arithmetics.simd().isPresent());
    }

    @Test
    void expIsWithinItsBoundEverywhere() {
        double[] x = new double[BLOCK];
        for (double from = -708; from < 708; from += BLOCK * 1e-3) {
            for (int i = 0; i < BLOCK; i++) {
                x[i] = Math.min(from + i * 1e-3, 708);
            }
            double[] powers = x.clone();
            SimdAttention.exp(powers, 0, BLOCK);
            for (int i = 0; i < BLOCK; i++) {
                double expected = StrictMath.exp(x[i]);
                assertEquals(expected, powers[i], SimdAttention.ERROR * expected, "x = " + x[i]);
            }
        }
    }

    @Test
    void expReturnsTheSumOfWhatIsShifted() {
        double[] values = {3, 1, 2, 0, -1, -2, -3, Double.NEGATIVE_INFINITY};
        double expected = Arrays.stream(values).map(x -> StrictMath.exp(x - 3)).sum();
        assertEquals(expected, SimdAttention.exp(values, 3, values.length), 1e-9);
        assertEquals(1, values[0], SimdAttention.ERROR);
        assertEquals(0, values[7], 1e-307);
    }

    @Test
    void logitsAreWithinTheBoundOfTanhEverywhere() {
        float[] x = new float[BLOCK];
        double[] sizeLogits = new double[BLOCK];
        Arrays.fill(sizeLogits, 2);
        double[] logits = new double[BLOCK];
        for (double from = -25; from < 25; from += BLOCK * 1e-4) {
            for (int i = 0; i < BLOCK; i++) {
                x[i] = (float) (from + i * 1e-4);
            }
            x[0] = Float.POSITIVE_INFINITY;
            x[1] = Float.NEGATIVE_INFINITY;
            SimdAttention.logits(x, sizeLogits, 5, BLOCK, logits);
            for (int i = 0; i < BLOCK; i++) {
                assertEquals(5 * StrictMath.tanh(x[i]) + 2, logits[i], 5 * SimdAttention.ERROR, "x = " + x[i]);
            }
        }
    }

    @Test
    void weightsEqualTheScalarOnesWhateverTheTemperature() {
        Random random = new Random(3);
        Arithmetic simd = Arithmetics.simd().orElseThrow();
        for (double temperature : new double[] {1e-3, 1, 5, 100, SimdAttention.HIGHEST_TEMPERATURE, 1e6}) {
            for (int count = 1; count <= 128; count++) {
                float[] products = new float[128];
                double[] logits = new double[128];
                double largest = Double.NEGATIVE_INFINITY;
                for (int j = 0; j < 128; j++) {
                    products[j] = j < count ? (float) random.nextGaussian() : 0;
                    logits[j] = j < count ? Math.log(1 + random.nextInt(1000)) : Double.NEGATIVE_INFINITY;
                    largest = Math.max(largest, logits[j]);
                }
                double[] scratch = new double[128];
                float[] expected = new float[128];
                float[] weights = new float[128];
                new ScalarArithmetic().attend(products, logits, largest, temperature, count, scratch, expected);
                simd.attend(products, logits, largest, temperature, count, scratch, weights);
                for (int j = 0; j < count; j++) {
                    double bound = 2 * (1 + temperature) * SimdAttention.ERROR * expected[j] + Math.ulp(expected[j]);
                    assertEquals(expected[j], weights[j], bound, count + " at temperature " + temperature);
                }
            }
        }
    }
}
