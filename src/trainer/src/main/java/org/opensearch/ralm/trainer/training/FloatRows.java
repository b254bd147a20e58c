package org.opensearch.ralm.trainer.training;

import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;

/** Rows of one width in float32, half of what a matrix takes. Immutable, safe for use by several threads. */
final class FloatRows {

    private static final int CHUNK = 2048;

    private final float[] values;
    private final int width;

    /** Computes consecutive rows. */
    interface Source {
        /**
         * Some rows in double precision.
         *
         * @param from the first
         * @param to the one after the last
         */
        DMatrixRMaj rows(int from, int to);
    }

    private FloatRows(int count, int width) {
        this.values = new float[Math.multiplyExact(count, width)];
        this.width = width;
    }

    /**
     * Computes rows, a few thousand at a time.
     *
     * @param source is asked for rows by several threads
     */
    static FloatRows of(int count, int width, Source source) {
        FloatRows rows = new FloatRows(count, width);
        IntStream.range(0, Math.ceilDiv(count, CHUNK)).parallel().forEach(chunk -> {
            int from = chunk * CHUNK;
            rows.set(from, source.rows(from, Math.min(count, from + CHUNK)));
        });
        return rows;
    }

    /** What a function makes of these rows, a few thousand at a time. */
    FloatRows map(int newWidth, UnaryOperator<DMatrixRMaj> function) {
        return of(count(), newWidth, (from, to) -> function.apply(doubles(from, to)));
    }

    int count() {
        return values.length / width;
    }

    int width() {
        return width;
    }

    long bytes() {
        return (long) values.length * Float.BYTES;
    }

    float value(int row, int column) {
        return values[row * width + column];
    }

    /** Copies a row into an array. */
    void copy(int row, float[] target, int position) {
        System.arraycopy(values, row * width, target, position, width);
    }

    private void set(int first, DMatrixRMaj rows) {
        for (int i = 0; i < rows.getNumElements(); i++) {
            values[first * width + i] = (float) rows.data[i];
        }
    }

    private DMatrixRMaj doubles(int from, int to) {
        DMatrixRMaj rows = new DMatrixRMaj(to - from, width);
        for (int i = 0; i < rows.getNumElements(); i++) {
            rows.data[i] = values[from * width + i];
        }
        return rows;
    }
}
