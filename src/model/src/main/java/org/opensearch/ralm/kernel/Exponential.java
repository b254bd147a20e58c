package org.opensearch.ralm.kernel;

/**
 * e^x and tanh x, several times faster than {@link Math}'s and with proven bounds.
 *
 * <p>With k the integer nearest to 64 x / ln 2 and r = x − k ln 2 / 64, e^x = 2^(k div 64) · 2^(k mod 64 / 64) · e^r.
 * The first factor is a shift of the exponent, the second is in a table, and e^r is its Taylor polynomial of degree 4,
 * whose remainder is at most |r|^5 / 120 · e^|r| &lt; 4e-14, as |r| ≤ ln 2 / 128 but for 2^-40. Rounding adds less than
 * 1e-15: the product of k with the high part of ln 2 / 64, of 20 bits, is exact, and so is its difference from x, the
 * product with the low part is off by less than 2^-60, and table, polynomial, product and sum by 2^-53 each, relative to
 * the result. Hence the relative error of e^x is below {@link #ERROR}.
 *
 * <p>tanh x = 1 − 2 / (e^2x + 1); its derivative by e^2x makes of a relative error ε of e^2x an absolute one of
 * 2 ε e^2x / (e^2x + 1)² ≤ ε / 2, and where x is cut off at ±20 what is left out is below 1e-17: its absolute error is
 * below {@link #ERROR}, too.
 */
final class Exponential {

    /** The bound of the relative error of {@link #exp} and of the absolute error of {@link #tanh}. */
    static final double ERROR = 5e-14;

    private static final double LEAST = -708;
    private static final double TANH_IS_ONE = 20;

    private static final int STEPS_BITS = 6;
    private static final int STEPS = 1 << STEPS_BITS;
    private static final double STEPS_BY_LN2 = STEPS / StrictMath.log(2);
    /** Adding 1.5 · 2^52 rounds to an integer, which the low bits of the sum then hold. */
    private static final double ROUNDER = 0x1.8p52;

    /** ln 2 / 64 is the sum of the two, but for 2^-81; 64 being a power of two the divisions are exact. */
    private static final double STEP_HIGH = 0x1.62e42p-1 / STEPS;

    private static final double STEP_LOW = 0x1.fdf473de6af28p-22 / STEPS;

    private static final double[] POWERS = powers();

    private Exponential() {}

    /**
     * e^x, for x of at most 709. Where x is below −708 it is e^−708, which is less than 1e-307.
     */
    static double exp(double x) {
        double argument = Math.max(x, LEAST);
        double shifted = argument * STEPS_BY_LN2 + ROUNDER;
        long k = Double.doubleToRawLongBits(shifted);
        double steps = shifted - ROUNDER;
        double r = argument - steps * STEP_HIGH - steps * STEP_LOW;
        double power = Double.longBitsToDouble(
                Double.doubleToRawLongBits(POWERS[(int) k & (STEPS - 1)]) + (k >> STEPS_BITS << 52));
        return power + power * (r + r * r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24))));
    }

    /** tanh x, for any x. */
    static double tanh(double x) {
        return 1 - 2 / (exp(2 * Math.clamp(x, -TANH_IS_ONE, TANH_IS_ONE)) + 1);
    }

    private static double[] powers() {
        double[] powers = new double[STEPS];
        for (int i = 0; i < STEPS; i++) {
            powers[i] = StrictMath.pow(2, (double) i / STEPS);
        }
        return powers;
    }
}
