package org.opensearch.ralm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SimdAttentionTests {

    private static final int BLOCK = 1 << 14;

    private final float[] products = new float[BLOCK];
    private final int[] sizes = new int[BLOCK];
    private final double[] logits = new double[BLOCK];
    private final float[] weights = new float[BLOCK];

    @BeforeAll
    static void needsRegisters() {
        assumeTrue(Arithmetics.simd().isPresent());
    }

    /** Where tanh is 1 the weight is e^s. */
    @Test
    void exponentialsAreWithinTheirBoundWhereverFloatsAre() {
        Arrays.fill(products, 100);
        Arrays.fill(sizes, 1);
        for (double from = -80; from < 80; from += BLOCK * 1e-4) {
            for (int i = 0; i < BLOCK; i++) {
                logits[i] = Math.min(from + i * 1e-4, 80);
            }
            SimdAttention.attend(products, sizes, logits, 5, BLOCK, weights);
            for (int i = 0; i < BLOCK; i++) {
                assertWeight(StrictMath.exp(logits[i]), 1, weights[i], "s = " + logits[i]);
            }
        }
    }

    @Test
    void weightsAreWithinTheirBoundWhateverTheProduct() {
        Arrays.fill(sizes, 3);
        Arrays.fill(logits, 2);
        for (double temperature : new double[] {1e-3, 1, 5, LocalAttention.HIGHEST_TEMPERATURE}) {
            for (double from = -25; from < 25; from += BLOCK * 1e-3) {
                for (int i = 0; i < BLOCK; i++) {
                    products[i] = (float) (from + i * 1e-3);
                }
                products[0] = Float.POSITIVE_INFINITY;
                products[1] = Float.NEGATIVE_INFINITY;
                products[2] = Float.MAX_VALUE;
                SimdAttention.attend(products, sizes, logits, temperature, BLOCK, weights);
                for (int i = 0; i < BLOCK; i++) {
                    double expected = 3 * StrictMath.exp(2 + temperature * (StrictMath.tanh(products[i]) - 1));
                    assertWeight(expected, 1 + temperature / 2, weights[i], "t = " + products[i]);
                }
            }
        }
    }

    @Test
    void nothingButThePaddingIsOverwritten() {
        Arrays.fill(sizes, 1);
        for (int count = 1; count <= 128; count++) {
            Arrays.fill(weights, -1);
            SimdAttention.attend(products, sizes, logits, 5, count, weights);
            int padded = (count + 7) / 8 * 8;
            for (int i = 0; i < 160; i++) {
                if (i < count || i >= padded) {
                    assertEquals(i < count ? StrictMath.exp(-5) : -1, weights[i], 1e-9, i + " of " + count);
                }
            }
        }
    }

    /** Rounding to float32 is one half of its last digit. */
    private static void assertWeight(double expected, double errors, float weight, String message) {
        double bound = errors * SimdAttention.ERROR * expected + Math.ulp((float) expected) / 2;
        assertEquals(expected, weight, bound, message);
    }
}
