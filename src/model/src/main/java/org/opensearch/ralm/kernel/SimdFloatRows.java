package org.opensearch.ralm.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of float32 in vector registers: eight neighbouring parts of a row, or of a sum of rows, at a time, so that a usual
 * width needs no loop over them and no addition waits for another. What is left of a row is multiplied four rows at a time,
 * and summed in four parts or one; what fills no register is scalar.
 */
final class SimdFloatRows implements Rows {

    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Byte> BYTES = FLOATS.withLanes(byte.class);
    private static final int LANES = FLOATS.length();
    private static final int WIDTH = LANES * Float.BYTES;
    private static final int FOUR = 4 * LANES;
    private static final int EIGHT = 8 * LANES;
    private static final int ROWS = 4;

    @Override
    public void products(float[] vector, byte[] rows, int offset, int scales, int count, float[] into) {
        Arrays.fill(into, 0, count, 0);
        int d = 0;
        for (; d <= vector.length - EIGHT; d += EIGHT) {
            addEightParts(vector, d, rows, offset + d * Float.BYTES, count, into);
        }
        if (d < vector.length) {
            addRest(vector, d, rows, offset, count, into);
        }
    }

    private static void addEightParts(float[] vector, int d, byte[] rows, int offset, int count, float[] into) {
        FloatVector part0 = FloatVector.fromArray(FLOATS, vector, d);
        FloatVector part1 = FloatVector.fromArray(FLOATS, vector, d + LANES);
        FloatVector part2 = FloatVector.fromArray(FLOATS, vector, d + 2 * LANES);
        FloatVector part3 = FloatVector.fromArray(FLOATS, vector, d + 3 * LANES);
        FloatVector part4 = FloatVector.fromArray(FLOATS, vector, d + 4 * LANES);
        FloatVector part5 = FloatVector.fromArray(FLOATS, vector, d + 5 * LANES);
        FloatVector part6 = FloatVector.fromArray(FLOATS, vector, d + 6 * LANES);
        FloatVector part7 = FloatVector.fromArray(FLOATS, vector, d + 7 * LANES);
        int at = offset;
        for (int j = 0; j < count; j++) {
            FloatVector even = part0.mul(ByteVector.fromArray(BYTES, rows, at).reinterpretAsFloats());
            FloatVector odd =
                    part1.mul(ByteVector.fromArray(BYTES, rows, at + WIDTH).reinterpretAsFloats());
            even = part2.fma(ByteVector.fromArray(BYTES, rows, at + 2 * WIDTH).reinterpretAsFloats(), even);
            odd = part3.fma(ByteVector.fromArray(BYTES, rows, at + 3 * WIDTH).reinterpretAsFloats(), odd);
            even = part4.fma(ByteVector.fromArray(BYTES, rows, at + 4 * WIDTH).reinterpretAsFloats(), even);
            odd = part5.fma(ByteVector.fromArray(BYTES, rows, at + 5 * WIDTH).reinterpretAsFloats(), odd);
            even = part6.fma(ByteVector.fromArray(BYTES, rows, at + 6 * WIDTH).reinterpretAsFloats(), even);
            odd = part7.fma(ByteVector.fromArray(BYTES, rows, at + 7 * WIDTH).reinterpretAsFloats(), odd);
            into[j] += even.add(odd).reduceLanes(VectorOperators.ADD);
            at += vector.length * Float.BYTES;
        }
    }

    private static void addRest(float[] vector, int d, byte[] rows, int offset, int count, float[] into) {
        int length = vector.length * Float.BYTES;
        int j = 0;
        for (; j <= count - ROWS; j += ROWS) {
            addFourProducts(vector, d, rows, offset + j * length, into, j);
        }
        for (; j < count; j++) {
            into[j] += product(vector, d, rows, offset + j * length);
        }
    }

    private static void addFourProducts(float[] vector, int from, byte[] rows, int row, float[] into, int j) {
        int length = vector.length * Float.BYTES;
        int bound = FLOATS.loopBound(vector.length);
        FloatVector sums0 = FloatVector.zero(FLOATS);
        FloatVector sums1 = sums0;
        FloatVector sums2 = sums0;
        FloatVector sums3 = sums0;
        for (int d = from; d < bound; d += LANES) {
            FloatVector part = FloatVector.fromArray(FLOATS, vector, d);
            int at = row + d * Float.BYTES;
            sums0 = part.fma(ByteVector.fromArray(BYTES, rows, at).reinterpretAsFloats(), sums0);
            sums1 = part.fma(ByteVector.fromArray(BYTES, rows, at + length).reinterpretAsFloats(), sums1);
            sums2 = part.fma(ByteVector.fromArray(BYTES, rows, at + 2 * length).reinterpretAsFloats(), sums2);
            sums3 = part.fma(ByteVector.fromArray(BYTES, rows, at + 3 * length).reinterpretAsFloats(), sums3);
        }
        into[j] += sums0.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row);
        into[j + 1] += sums1.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row + length);
        into[j + 2] += sums2.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row + 2 * length);
        into[j + 3] += sums3.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row + 3 * length);
    }

    private static float product(float[] vector, int from, byte[] rows, int row) {
        int bound = FLOATS.loopBound(vector.length);
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int d = from; d < bound; d += LANES) {
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
    public void mix(float[] weights, byte[] rows, int offset, int scales, int count, float[] into) {
        int bound = FLOATS.loopBound(into.length);
        int d = 0;
        for (; d <= bound - EIGHT; d += EIGHT) {
            mixEightParts(weights, rows, offset + d * Float.BYTES, count, into, d);
        }
        for (; d <= bound - FOUR; d += FOUR) {
            mixFourParts(weights, rows, offset + d * Float.BYTES, count, into, d);
        }
        for (; d < bound; d += LANES) {
            mixPart(weights, rows, offset + d * Float.BYTES, count, into, d);
        }
        for (; d < into.length; d++) {
            mixValue(weights, rows, offset + d * Float.BYTES, count, into, d);
        }
    }

    private static void mixEightParts(float[] weights, byte[] rows, int offset, int count, float[] into, int d) {
        FloatVector sums0 = FloatVector.zero(FLOATS);
        FloatVector sums1 = sums0;
        FloatVector sums2 = sums0;
        FloatVector sums3 = sums0;
        FloatVector sums4 = sums0;
        FloatVector sums5 = sums0;
        FloatVector sums6 = sums0;
        FloatVector sums7 = sums0;
        int at = offset;
        for (int j = 0; j < count; j++) {
            FloatVector weight = FloatVector.broadcast(FLOATS, weights[j]);
            sums0 = weight.fma(ByteVector.fromArray(BYTES, rows, at).reinterpretAsFloats(), sums0);
            sums1 = weight.fma(ByteVector.fromArray(BYTES, rows, at + WIDTH).reinterpretAsFloats(), sums1);
            sums2 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 2 * WIDTH).reinterpretAsFloats(), sums2);
            sums3 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 3 * WIDTH).reinterpretAsFloats(), sums3);
            sums4 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 4 * WIDTH).reinterpretAsFloats(), sums4);
            sums5 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 5 * WIDTH).reinterpretAsFloats(), sums5);
            sums6 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 6 * WIDTH).reinterpretAsFloats(), sums6);
            sums7 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 7 * WIDTH).reinterpretAsFloats(), sums7);
            at += into.length * Float.BYTES;
        }
        sums0.intoArray(into, d);
        sums1.intoArray(into, d + LANES);
        sums2.intoArray(into, d + 2 * LANES);
        sums3.intoArray(into, d + 3 * LANES);
        sums4.intoArray(into, d + 4 * LANES);
        sums5.intoArray(into, d + 5 * LANES);
        sums6.intoArray(into, d + 6 * LANES);
        sums7.intoArray(into, d + 7 * LANES);
    }

    // CPD-OFF: what a call that is not inlined takes or returns in registers is boxed, so that the loops share nothing.
    private static void mixFourParts(float[] weights, byte[] rows, int offset, int count, float[] into, int d) {
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
            at += into.length * Float.BYTES;
        }
        sums0.intoArray(into, d);
        sums1.intoArray(into, d + LANES);
        sums2.intoArray(into, d + 2 * LANES);
        sums3.intoArray(into, d + 3 * LANES);
    }
    // CPD-ON

    private static void mixPart(float[] weights, byte[] rows, int offset, int count, float[] into, int d) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int at = offset;
        for (int j = 0; j < count; j++) {
            FloatVector weight = FloatVector.broadcast(FLOATS, weights[j]);
            sums = weight.fma(ByteVector.fromArray(BYTES, rows, at).reinterpretAsFloats(), sums);
            at += into.length * Float.BYTES;
        }
        sums.intoArray(into, d);
    }

    private static void mixValue(float[] weights, byte[] rows, int at, int count, float[] into, int d) {
        float sum = 0;
        for (int j = 0; j < count; j++) {
            sum += weights[j] * (float) FLOAT.get(rows, at + j * into.length * Float.BYTES);
        }
        into[d] = sum;
    }
}
