package org.opensearch.ralm.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Rows of int8 in vector registers, made float32 there: integer products would need an int8 vector, whose error is
 * larger than what a score may be off by. The structure is that of {@link SimdFloatRows}; the loops are not shared,
 * as registers do not survive a call that is not inlined.
 */
final class SimdByteRows implements Rows {

    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = FLOATS.length();
    private static final int FOUR = 4 * LANES;
    private static final int EIGHT = 8 * LANES;
    private static final int ROWS = 4;

    /** As many int8 values as a register holds floats, or the 8 of the smallest register where it holds 4. */
    private static final VectorSpecies<Byte> BYTES =
            VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, LANES * Byte.SIZE)));

    /** What must lie behind a part of a row, for the smallest register to be read. */
    private static final int BEHIND = BYTES.length() - LANES;

    @Override
    public void products(float[] vector, byte[] rows, int offset, int scales, int count, float[] into) {
        Arrays.fill(into, 0, count, 0);
        int d = 0;
        for (; d <= vector.length - BEHIND - EIGHT; d += EIGHT) {
            addEightParts(vector, d, rows, offset + d, scales, count, into);
        }
        if (d < vector.length) {
            addRest(vector, d, rows, offset, scales, count, into);
        }
    }

    // CPD-OFF: what a call that is not inlined takes or returns in registers is boxed, so that the loops share nothing.
    private static void addEightParts(
            float[] vector, int d, byte[] rows, int offset, int scales, int count, float[] into) {
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
            FloatVector even = part0.mul(ByteVector.fromArray(BYTES, rows, at).castShape(FLOATS, 0));
            FloatVector odd =
                    part1.mul(ByteVector.fromArray(BYTES, rows, at + LANES).castShape(FLOATS, 0));
            even = part2.fma(ByteVector.fromArray(BYTES, rows, at + 2 * LANES).castShape(FLOATS, 0), even);
            odd = part3.fma(ByteVector.fromArray(BYTES, rows, at + 3 * LANES).castShape(FLOATS, 0), odd);
            even = part4.fma(ByteVector.fromArray(BYTES, rows, at + 4 * LANES).castShape(FLOATS, 0), even);
            odd = part5.fma(ByteVector.fromArray(BYTES, rows, at + 5 * LANES).castShape(FLOATS, 0), odd);
            even = part6.fma(ByteVector.fromArray(BYTES, rows, at + 6 * LANES).castShape(FLOATS, 0), even);
            odd = part7.fma(ByteVector.fromArray(BYTES, rows, at + 7 * LANES).castShape(FLOATS, 0), odd);
            into[j] += scale(rows, scales, j) * even.add(odd).reduceLanes(VectorOperators.ADD);
            at += vector.length;
        }
    }
    // CPD-ON

    private static void addRest(float[] vector, int d, byte[] rows, int offset, int scales, int count, float[] into) {
        int length = vector.length;
        int j = 0;
        for (; j <= count - ROWS; j += ROWS) {
            addFourProducts(vector, d, rows, offset + j * length, scales + j * Float.BYTES, into, j);
        }
        for (; j < count; j++) {
            into[j] += scale(rows, scales, j) * product(vector, d, rows, offset + j * length);
        }
    }

    private static void addFourProducts(
            float[] vector, int from, byte[] rows, int row, int scales, float[] into, int j) {
        int length = vector.length;
        int bound = bound(length);
        FloatVector sums0 = FloatVector.zero(FLOATS);
        FloatVector sums1 = sums0;
        FloatVector sums2 = sums0;
        FloatVector sums3 = sums0;
        for (int d = from; d < bound; d += LANES) {
            FloatVector part = FloatVector.fromArray(FLOATS, vector, d);
            int at = row + d;
            sums0 = part.fma(ByteVector.fromArray(BYTES, rows, at).castShape(FLOATS, 0), sums0);
            sums1 = part.fma(ByteVector.fromArray(BYTES, rows, at + length).castShape(FLOATS, 0), sums1);
            sums2 = part.fma(ByteVector.fromArray(BYTES, rows, at + 2 * length).castShape(FLOATS, 0), sums2);
            sums3 = part.fma(ByteVector.fromArray(BYTES, rows, at + 3 * length).castShape(FLOATS, 0), sums3);
        }
        into[j] += scale(rows, scales, 0) * (sums0.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row));
        into[j + 1] += scale(rows, scales, 1)
                * (sums1.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row + length));
        into[j + 2] += scale(rows, scales, 2)
                * (sums2.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row + 2 * length));
        into[j + 3] += scale(rows, scales, 3)
                * (sums3.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row + 3 * length));
    }

    private static float product(float[] vector, int from, byte[] rows, int row) {
        int bound = bound(vector.length);
        FloatVector sums = FloatVector.zero(FLOATS);
        for (int d = from; d < bound; d += LANES) {
            sums = FloatVector.fromArray(FLOATS, vector, d)
                    .fma(ByteVector.fromArray(BYTES, rows, row + d).castShape(FLOATS, 0), sums);
        }
        return sums.reduceLanes(VectorOperators.ADD) + rest(vector, bound, rows, row);
    }

    private static float rest(float[] vector, int bound, byte[] rows, int row) {
        float sum = 0;
        for (int d = bound; d < vector.length; d++) {
            sum += vector[d] * rows[row + d];
        }
        return sum;
    }

    @Override
    public void mix(float[] weights, byte[] rows, int offset, int scales, int count, float[] into) {
        int bound = bound(into.length);
        int d = 0;
        for (; d <= bound - EIGHT; d += EIGHT) {
            mixEightParts(weights, rows, offset + d, scales, count, into, d);
        }
        for (; d <= bound - FOUR; d += FOUR) {
            mixFourParts(weights, rows, offset + d, scales, count, into, d);
        }
        for (; d < bound; d += LANES) {
            mixPart(weights, rows, offset + d, scales, count, into, d);
        }
        for (; d < into.length; d++) {
            mixValue(weights, rows, offset + d, scales, count, into, d);
        }
    }

    // CPD-OFF: what a call that is not inlined takes or returns in registers is boxed, so that the loops share nothing.
    private static void mixEightParts(
            float[] weights, byte[] rows, int offset, int scales, int count, float[] into, int d) {
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
            FloatVector weight = FloatVector.broadcast(FLOATS, weights[j] * scale(rows, scales, j));
            sums0 = weight.fma(ByteVector.fromArray(BYTES, rows, at).castShape(FLOATS, 0), sums0);
            sums1 = weight.fma(ByteVector.fromArray(BYTES, rows, at + LANES).castShape(FLOATS, 0), sums1);
            sums2 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 2 * LANES).castShape(FLOATS, 0), sums2);
            sums3 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 3 * LANES).castShape(FLOATS, 0), sums3);
            sums4 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 4 * LANES).castShape(FLOATS, 0), sums4);
            sums5 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 5 * LANES).castShape(FLOATS, 0), sums5);
            sums6 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 6 * LANES).castShape(FLOATS, 0), sums6);
            sums7 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 7 * LANES).castShape(FLOATS, 0), sums7);
            at += into.length;
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

    private static void mixFourParts(
            float[] weights, byte[] rows, int offset, int scales, int count, float[] into, int d) {
        FloatVector sums0 = FloatVector.zero(FLOATS);
        FloatVector sums1 = sums0;
        FloatVector sums2 = sums0;
        FloatVector sums3 = sums0;
        int at = offset;
        for (int j = 0; j < count; j++) {
            FloatVector weight = FloatVector.broadcast(FLOATS, weights[j] * scale(rows, scales, j));
            sums0 = weight.fma(ByteVector.fromArray(BYTES, rows, at).castShape(FLOATS, 0), sums0);
            sums1 = weight.fma(ByteVector.fromArray(BYTES, rows, at + LANES).castShape(FLOATS, 0), sums1);
            sums2 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 2 * LANES).castShape(FLOATS, 0), sums2);
            sums3 = weight.fma(ByteVector.fromArray(BYTES, rows, at + 3 * LANES).castShape(FLOATS, 0), sums3);
            at += into.length;
        }
        sums0.intoArray(into, d);
        sums1.intoArray(into, d + LANES);
        sums2.intoArray(into, d + 2 * LANES);
        sums3.intoArray(into, d + 3 * LANES);
    }
    // CPD-ON

    private static void mixPart(float[] weights, byte[] rows, int offset, int scales, int count, float[] into, int d) {
        FloatVector sums = FloatVector.zero(FLOATS);
        int at = offset;
        for (int j = 0; j < count; j++) {
            FloatVector weight = FloatVector.broadcast(FLOATS, weights[j] * scale(rows, scales, j));
            sums = weight.fma(ByteVector.fromArray(BYTES, rows, at).castShape(FLOATS, 0), sums);
            at += into.length;
        }
        sums.intoArray(into, d);
    }

    private static void mixValue(float[] weights, byte[] rows, int at, int scales, int count, float[] into, int d) {
        float sum = 0;
        for (int j = 0; j < count; j++) {
            sum += weights[j] * scale(rows, scales, j) * rows[at + j * into.length];
        }
        into[d] = sum;
    }

    private static float scale(byte[] rows, int scales, int j) {
        return (float) FLOAT.get(rows, scales + j * Float.BYTES);
    }

    /** Up to where a row of a length is read into registers. */
    private static int bound(int length) {
        return FLOATS.loopBound(Math.max(0, length - BEHIND));
    }
}
