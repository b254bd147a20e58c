package org.opensearch.ralm.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of float32 in vector registers, four of them at a time: four rows with the same part of the vector, or four
 * neighbouring parts of a sum of rows. What is left over at the end of a row is scalar.
 */
final class SimdFloatRows implements Rows {

    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES = FLOATS.withLanes(byte.class);
    private static final int LANES = FLOATS.length();
    private static final int WIDTH = LANES * Float.BYTES;
    private static final int PARTS = 4;

    @Override
    public void products(float[] vector, byte[] rows, int offset, int scales, int count, float[] into) {
        int length = vector.length * Float.BYTES;
        int j = 0;
        for (; j <= count - PARTS; j += PARTS) {
            fourProducts(vector, rows, offset + j * length, into, j);
        }
        for (; j < count; j++) {
            into[j] = product(vector, rows, offset + j * length);
        }
    }

    private static void fourProducts(float[] vector, byte[] rows, int row, float[] into, int j) {
        int length = vector.length * Float.BYTES;
        int bound = FLOATS.loopBound(vector.length);
        FloatVector sums0 = FloatVector.zero(FLOATS);
        FloatVector sums1 = sums0;
        FloatVector sums2 = sums0;
        FloatVector sums3 = sums0;
        for (int d = 0; d < bound; d += LANES) {
            FloatVector part = FloatVector.fromArray(FLOATS, vector, d);
            int at = row + d * Float.BYTES;
            sums0 = part.fma(ByteVector.fromArray(BYTES, rows, at).reinterpretAsFloats(), sums0);
            sums1 = part.fma(ByteVector.fromArray(BYTES, rows, at + length).reinterpretAsFloats(), sums1);
            sums2 = part.fma(ByteVector.fromArray(BYTES, rows, at + 2 * length).reinterpretAsFloats(), sums2);
            sums3 = part.fma(ByteVector.fromArray(BYTES, rows, at + 3 * length).reinterpretAsFloats(), sums3);
        }
        into[j] = sums0.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row);
        into[j + 1] = sums1.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row + length);
        into[j + 2] = sums2.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row + 2 * length);
        into[j + 3] = sums3.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row + 3 * length);
    }

    private static float product(float[] vector, byte[] rows, int row) {
        int bound = FLOATS.loopBound(vector.length);
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int d = 0; d < bound; d += LANES) {
            sums = FloatVector.fromArray(FLOATS, vector, d)
                    .fma(
                            ByteVector.fromArray(BYTES, rows, row + d * Float.BYTES)
                                    .reinterpretAsFloats(),
                            sums);
        }
        return sums.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row);
    }

    private static float rest(float[] vector, int bound, byte[] rows, int row) {
        float sum = 0;
        for (int d = bound; d < vector.length; d++) {
            sum += vector[d] * (float) FLOAT.get(rows, row + d * Float.BYTES);
        }
        return sum;
    }

    @Override
    public void mix(float[] weights, byte[] rows, int offset, int scales, int count, float[] vector, float[] into) {
        into[0] = 0;
        into[1] = 0;
        int bound = FLOATS.loopBound(vector.length);
        int d = 0;
        for (; d <= bound - PARTS * LANES; d += PARTS * LANES) {
            mixFourParts(weights, rows, offset + d * Float.BYTES, count, vector, d, into);
        }
        for (; d < bound; d += LANES) {
            mixPart(weights, rows, offset + d * Float.BYTES, count, vector, d, into);
        }
        for (; d < vector.length; d++) {
            mixValue(weights, rows, offset + d * Float.BYTES, count, vector, d, into);
        }
    }

    private static void mixFourParts(
            float[] weights, byte[] rows, int offset, int count, float[] vector, int d, float[] into) {
        FloatVector sums0 = FloatVector.zero(FLOATS);
        FloatVector sums1 = sums0;
        FloatVector sums2 = sums0;
        FloatVector sums3 = sums0;
        int at = offset;
        for (int j = 0; j < count; j++) {
            FloatVector weight = FloatVector.broadcast(FLOATS, weights[j]);
            sums0 = weight.fma(ByteVector.fromArray(BYTES, rows, at).reinterpretAsFloats(), sums0);
            sums1 = weight.fma(ByteVector.fromArray(BYTES, rows, at + WIDTH).reinterpretAsFloats(), sums1);
            sums2 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 2 * WIDTH).reinterpretAsFloats(), sums2);
            sums3 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 3 * WIDTH).reinterpretAsFloats(), sums3);
            at += vector.length * Float.BYTES;
        }
        into[0] += FloatVector.fromArray(FLOATS, vector, d)
                .mul(sums0)
                .add(FloatVector.fromArray(FLOATS, vector, d + LANES).mul(sums1))
                .add(FloatVector.fromArray(FLOATS, vector, d + 2 * LANES).mul(sums2))
                .add(FloatVector.fromArray(FLOATS, vector, d + 3 * LANES).mul(sums3))
                .reduceLanes(VectorOperators.ADD);
        into[1] += sums0.mul(sums0)
                .add(sums1.mul(sums1))
                .add(sums2.mul(sums2))
                .add(sums3.mul(sums3))
                .reduceLanes(VectorOperators.ADD);
    }

    private static void mixPart(
            float[] weights, byte[] rows, int offset, int count, float[] vector, int d, float[] into) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int at = offset;
        for (int j = 0; j < count; j++) {
            FloatVector weight = FloatVector.broadcast(FLOATS, weights[j]);
            sums = weight.fma(ByteVector.fromArray(BYTES, rows, at).reinterpretAsFloats(), sums);
            at += vector.length * Float.BYTES;
        }
        into[0] += FloatVector.fromArray(FLOATS, vector, d).mul(sums).reduceLanes(VectorOperators.ADD);
        into[1] += sums.mul(sums).reduceLanes(VectorOperators.ADD);
    }

    private static void mixValue(float[] weights, byte[] rows, int at, int count, float[] vector, int d, float[] into) {
        float sum = 0;
        for (int j = 0; j < count; j++) {
            sum += weights[j] * (float) FLOAT.get(rows, at + j * vector.length * Float.BYTES);
        }
        into[0] += vector[d] * sum;
        into[1] += sum * sum;
    }
}
