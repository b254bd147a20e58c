package org.opensearch.ralm.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The local attention's softmax in vector registers, double throughout.
 *
 * <p>Its e^x is {@link Exponential}'s without the table, which registers have none of: k is the integer nearest to
 * x / ln 2, so that |r| ≤ ln 2 / 2 but for 2^-40, and the Taylor polynomial is of degree 8, whose remainder is at most
 * |r|^9 / 9! · e^|r| &lt; 2.9e-10. Roundings stay below 1e-14: the relative error of e^x is below {@link #ERROR}, and so is
 * the absolute one of tanh x. A weight's relative error is then at most 2 (1 + τ) {@link #ERROR}.
 */
final class SimdAttention {

    /** The bound of the relative error of {@link #exp} and of the absolute error of tanh. */
    static final double ERROR = 3e-10;

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = DOUBLES.length();
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(LANES * Float.SIZE));

    /** Above it weights might vanish: logits differ by twice the temperature from what is sure to be no less than them. */
    static final double HIGHEST_TEMPERATURE = 300;

    private static final double LEAST = -708;
    private static final double TANH_IS_ONE = 20;
    private static final DoubleVector BY_LN2 = all(1 / StrictMath.log(2));
    private static final DoubleVector ROUNDER = all(0x1.8p52);
    private static final DoubleVector MINUS_LN2_HIGH = all(-0x1.62e42p-1);
    private static final DoubleVector MINUS_LN2_LOW = all(-0x1.fdf473de6af28p-22);

    private static final DoubleVector ONE = all(1);

    /** 1 / i! of the Taylor polynomial. */
    private static final DoubleVector TAYLOR2 = all(1.0 / 2);

    private static final DoubleVector TAYLOR3 = all(1.0 / 6);
    private static final DoubleVector TAYLOR4 = all(1.0 / 24);
    private static final DoubleVector TAYLOR5 = all(1.0 / 120);
    private static final DoubleVector TAYLOR6 = all(1.0 / 720);
    private static final DoubleVector TAYLOR7 = all(1.0 / 5040);
    private static final DoubleVector TAYLOR8 = all(1.0 / 40320);

    private SimdAttention() {}

    /** As {@link Arithmetic#attend} says, but for temperatures above {@link #HIGHEST_TEMPERATURE}. */
    static void attend(
            float[] products,
            double[] sizeLogits,
            double largestSizeLogit,
            double temperature,
            int count,
            double[] scratch,
            float[] weights) {
        int bound = (count + LANES - 1) / LANES * LANES;
        logits(products, sizeLogits, temperature, bound, scratch);
        double share = 1 / exp(scratch, largestSizeLogit + temperature, bound);
        for (int j = 0; j < bound; j += LANES) {
            FloatVector rounded = (FloatVector)
                    DoubleVector.fromArray(DOUBLES, scratch, j).mul(share).convertShape(VectorOperators.D2F, FLOATS, 0);
            rounded.intoArray(weights, j);
        }
    }

    /**
     * τ·tanh(t) + s, for {@code bound} values, a multiple of the lanes. tanh t = 1 − 2 / (e^2t + 1); that e^2t is written
     * out here a second time, as what a call that is not inlined takes or returns in registers is boxed.
     */
    static void logits(float[] products, double[] sizeLogits, double temperature, int bound, double[] into) {
        for (int j = 0; j < bound; j += LANES) {
            DoubleVector t = (DoubleVector)
                    FloatVector.fromArray(FLOATS, products, j).convertShape(VectorOperators.F2D, DOUBLES, 0);
            DoubleVector x = t.add(t);
            x = x.blend(2 * TANH_IS_ONE, x.compare(VectorOperators.GT, 2 * TANH_IS_ONE));
            // CPD-OFF
            x = x.blend(LEAST, x.compare(VectorOperators.LT, LEAST));
            DoubleVector shifted = x.fma(BY_LN2, ROUNDER);
            DoubleVector k = shifted.sub(ROUNDER);
            DoubleVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, x));
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(TAYLOR3, TAYLOR2).fma(r2, r.add(ONE));
            DoubleVector middle = r.fma(TAYLOR7, TAYLOR6).fma(r2, r.fma(TAYLOR5, TAYLOR4));
            DoubleVector powerOfR = r4.fma(TAYLOR8, middle).fma(r4, low);
            DoubleVector power = powerOfR.reinterpretAsLongs()
                    .add(shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52))
                    .reinterpretAsDoubles();
            // CPD-ON
            DoubleVector.fromArray(DOUBLES, sizeLogits, j)
                    .add(temperature)
                    .sub(DoubleVector.broadcast(DOUBLES, 2 * temperature).div(power.add(ONE)))
                    .intoArray(into, j);
        }
    }

    /**
     * Makes e^(x − shift) of x, for {@code bound} values, a multiple of the lanes, and returns their sum. In one piece:
     * what a call that is not inlined takes or returns in registers is boxed.
     */
    static double exp(double[] values, double shift, int bound) {
        DoubleVector sums = DoubleVector.zero(DOUBLES);
        for (int j = 0; j < bound; j += LANES) {
            DoubleVector x = DoubleVector.fromArray(DOUBLES, values, j).sub(shift);
            x = x.blend(LEAST, x.compare(VectorOperators.LT, LEAST));
            DoubleVector shifted = x.fma(BY_LN2, ROUNDER);
            DoubleVector k = shifted.sub(ROUNDER);
            DoubleVector r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, x));
            // The terms up to r^8 in pairs, so that few of them wait for each other.
            DoubleVector r2 = r.mul(r);
            DoubleVector r4 = r2.mul(r2);
            DoubleVector low = r.fma(TAYLOR3, TAYLOR2).fma(r2, r.add(ONE));
            DoubleVector middle = r.fma(TAYLOR7, TAYLOR6).fma(r2, r.fma(TAYLOR5, TAYLOR4));
            DoubleVector powerOfR = r4.fma(TAYLOR8, middle).fma(r4, low);
            DoubleVector power = powerOfR.reinterpretAsLongs()
                    .add(shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52))
                    .reinterpretAsDoubles();
            power.intoArray(values, j);
            sums = sums.add(power);
        }
        return sums.reduceLanes(VectorOperators.ADD);
    }

    /** For constants only: in a loop it might be called, not inlined, and its result boxed. */
    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(DOUBLES, value);
    }
}
