package org.opensearch.ralm.kernel;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Rows in plain Java. Sums of products go into four parts, which a processor adds to at the same time. */
final class ScalarRows implements Rows {

    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PARTS = 4;

    private final boolean int8;

    ScalarRows(boolean int8) {
        this.int8 = int8;
    }

    @Override
    public void products(float[] vector, byte[] rows, int offset, int scales, int count, float[] into) {
        int row = offset;
        for (int j = 0; j < count; j++) {
            into[j] = scale(rows, scales, j) * product(vector, rows, row);
            row += length(vector.length);
        }
    }

    private float product(float[] vector, byte[] rows, int row) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int d = 0;
        for (; d <= vector.length - PARTS; d += PARTS) {
            sum0 += vector[d] * value(rows, row, d);
            sum1 += vector[d + 1] * value(rows, row, d + 1);
            sum2 += vector[d + 2] * value(rows, row, d + 2);
            sum3 += vector[d + 3] * value(rows, row, d + 3);
        }
        for (; d < vector.length; d++) {
            sum0 += vector[d] * value(rows, row, d);
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    @Override
    public void mix(float[] weights, byte[] rows, int offset, int scales, int count, float[] into) {
        int d = 0;
        for (; d <= into.length - PARTS; d += PARTS) {
            mixFourValues(weights, rows, offset, scales, count, into, d);
        }
        for (; d < into.length; d++) {
            float sum = 0;
            for (int j = 0; j < count; j++) {
                sum += weights[j] * scale(rows, scales, j) * value(rows, offset + j * length(into.length), d);
            }
            into[d] = sum;
        }
    }

    private void mixFourValues(float[] weights, byte[] rows, int offset, int scales, int count, float[] into, int d) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int row = offset;
        for (int j = 0; j < count; j++) {
            float weight = weights[j] * scale(rows, scales, j);
            sum0 += weight * value(rows, row, d);
            sum1 += weight * value(rows, row, d + 1);
            sum2 += weight * value(rows, row, d + 2);
            sum3 += weight * value(rows, row, d + 3);
            row += length(into.length);
        }
        into[d] = sum0;
        into[d + 1] = sum1;
        into[d + 2] = sum2;
        into[d + 3] = sum3;
    }

    private float scale(byte[] rows, int scales, int j) {
        return int8 ? (float) FLOAT.get(rows, scales + j * Float.BYTES) : 1;
    }

    private int length(int dimension) {
        return int8 ? dimension : dimension * Float.BYTES;
    }

    private float value(byte[] rows, int row, int d) {
        return int8 ? rows[row + d] : (float) FLOAT.get(rows, row + d * Float.BYTES);
    }
}
