package org.opensearch.ralm.kernel;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** In the processor's vector registers. Only to be touched where the module jdk.incubator.vector is. */
final class SimdArithmetic implements Arithmetic {

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    private final Rows floats = new SimdFloatRows();
    private final Rows bytes = new SimdByteRows();

    /** Whether registers hold floats enough, and multiply and add in one step, as processors with AVX2 and ARM's do. */
    static boolean isFast() {
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN && FLOATS.length() >= (arm ? 4 : 8);
    }

    @Override
    public Rows floats() {
        return floats;
    }

    @Override
    public Rows bytes() {
        return bytes;
    }

    @Override
    public float product(float[] a, float[] b) {
        int bound = FLOATS.loopBound(a.length);
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int d = 0; d < bound; d += FLOATS.length()) {
            sums = FloatVector.fromArray(FLOATS, a, d).fma(FloatVector.fromArray(FLOATS, b, d), sums);
        }
        float sum = sums.reduceLanes(VectorOperators.ADD);
        for (int d = bound; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    @Override
    public void attend(float[] products, int[] sizes, double[] logits, double temperature, int count, float[] weights) {
        SimdAttention.attend(products, sizes, logits, temperature, count, weights);
    }

    @Override
    public String toString() {
        return "SIMD of " + FLOATS.vectorBitSize() + " bits";
    }
}
