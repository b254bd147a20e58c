package org.opensearch.ralm.kernel;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The local attention's weights in vector registers, double throughout.
 *
 * <p>Its e^x is {@link Exponential}'s without the table, which registers have none of: k is the integer nearest to
 * x / ln 2, so that |r| ≤ ln 2 / 2 but for 2^-40, and the Taylor polynomial is of degree 8, whose remainder is at most
 * |r|^9 / 9! · e^|r| &lt; 2.9e-10. Roundings stay below 1e-14: the relative error of e^x is below {@link #ERROR}.
 *
 * <p>τ (tanh t − 1) = −2 τ / (e^2t + 1); its derivative by e^2t makes of the relative error of e^2t an absolute one of at
 * most τ / 2 {@link #ERROR}. The relative error of a weight is hence at most (1 + τ / 2) {@link #ERROR}.
 */
final class SimdAttention {

    /** The bound of the relative error of e^x. */
    static final double ERROR = 3e-10;

    private static final VectorSpecies<Double> DOUBLES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = DOUBLES.length();
    private static final VectorSpecies<Float> FLOATS =
            VectorSpecies.of(float.class, VectorShape.forBitSize(LANES * Float.SIZE));

    private static final VectorSpecies<Integer> INTS = FLOATS.withLanes(int.class);

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

    /**
     * As {@link Arithmetic#attend} says. In one piece, with e^x written out twice: what a call that is not inlined takes or
     * returns in registers is boxed.
     */
    static void attend(float[] products, int[] sizes, double[] logits, double temperature, int count, float[] weights) {
        DoubleVector slope = DoubleVector.broadcast(DOUBLES, -2 * temperature);
        for (int j = 0; j < count; j += LANES) {
            DoubleVector t = (DoubleVector)
                    FloatVector.fromArray(FLOATS, products, j).convertShape(VectorOperators.F2D, DOUBLES, 0);
            DoubleVector x = t.add(t);
            x = x.blend(2 * TANH_IS_ONE, x.compare(VectorOperators.GT, 2 * TANH_IS_ONE));
            x = x.blend(-2 * TANH_IS_ONE, x.compare(VectorOperators.LT, -2 * TANH_IS_ONE));
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
            x = DoubleVector.fromArray(DOUBLES, logits, j).add(slope.div(power.add(ONE)));
            shifted = x.fma(BY_LN2, ROUNDER);
            k = shifted.sub(ROUNDER);
            r = k.fma(MINUS_LN2_LOW, k.fma(MINUS_LN2_HIGH, x));
            r2 = r.mul(r);
            r4 = r2.mul(r2);
            low = r.fma(TAYLOR3, TAYLOR2).fma(r2, r.add(ONE));
            middle = r.fma(TAYLOR7, TAYLOR6).fma(r2, r.fma(TAYLOR5, TAYLOR4));
            powerOfR = r4.fma(TAYLOR8, middle).fma(r4, low);
            DoubleVector size =
                    (DoubleVector) IntVector.fromArray(INTS, sizes, j).convertShape(VectorOperators.I2D, DOUBLES, 0);
            DoubleVector weight = powerOfR.reinterpretAsLongs()
                    .add(shifted.reinterpretAsLongs().lanewise(VectorOperators.LSHL, 52))
                    .reinterpretAsDoubles()
                    .mul(size);
            ((FloatVector) weight.convertShape(VectorOperators.D2F, FLOATS, 0)).intoArray(weights, j);
        }
    }

    /** For constants only: in a loop it might be called, not inlined, and its result boxed. */
    private static DoubleVector all(double value) {
        return DoubleVector.broadcast(DOUBLES, value);
    }
}
