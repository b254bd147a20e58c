package org.opensearch.ralm.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import org.apache.lucene.util.VectorUtil;

/** What can be done with Lucene's products of arrays: every row is copied into one first. Used by one thread. */
final class VectorUtilArithmetic implements Arithmetic {

    private final Arithmetic scalar = new ScalarArithmetic();
    private final float[] row;

    VectorUtilArithmetic(int dimension) {
        this.row = new float[dimension];
    }

    @Override
    public Rows floats() {
        return new Copied() {
            @Override
            void read(byte[] rows, int offset, int j) {
                FloatBuffer floats = ByteBuffer.wrap(rows, offset + j * row.length * Float.BYTES, row.length * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer();
                floats.get(row);
            }
        };
    }

    @Override
    public Rows bytes() {
        return new Copied() {
            @Override
            void read(byte[] rows, int offset, int j) {
                int at = offset + j * row.length;
                for (int d = 0; d < row.length; d++) {
                    row[d] = rows[at + d];
                }
            }

            @Override
            float scale(byte[] rows, int scales, int j) {
                return ByteBuffer.wrap(rows).order(ByteOrder.LITTLE_ENDIAN).getFloat(scales + j * Float.BYTES);
            }
        };
    }

    @Override
    public float product(float[] a, float[] b) {
        return VectorUtil.dotProduct(a, b);
    }

    @Override
    public void attend(
            float[] products, int[] sizes, double[] logits, double temperature, int count, float[] weights) {
        scalar.attend(products, sizes, logits, temperature, count, weights);
    }

    /** Rows that are copied before they are computed with. */
    private abstract class Copied implements Rows {

        abstract void read(byte[] rows, int offset, int j);

        /** The factor of a row. */
        float scale(byte[] rows, int scales, int j) {
            return 1;
        }

        @Override
        public void products(float[] vector, byte[] rows, int offset, int scales, int count, float[] into) {
            for (int j = 0; j < count; j++) {
                read(rows, offset, j);
                into[j] = scale(rows, scales, j) * VectorUtil.dotProduct(vector, row);
            }
        }

        @Override
        public void mix(float[] weights, byte[] rows, int offset, int scales, int count, float[] into) {
            Arrays.fill(into, 0);
            for (int j = 0; j < count; j++) {
                read(rows, offset, j);
                float weight = weights[j] * scale(rows, scales, j);
                for (int d = 0; d < into.length; d++) {
                    into[d] += weight * row[d];
                }
            }
        }
    }
}
