package org.opensearch.ralm.trainer.network;

import java.util.Arrays;

/** Gradients of the rows of a table that one batch touched. Not safe for use by several threads. */
final class RowGradients {

    private final int width;
    private final int[] slots;
    private int[] rows = new int[64];
    private float[] values;
    private int size;

    RowGradients(int tableRows, int width) {
        this.width = width;
        this.slots = new int[tableRows];
        this.values = new float[rows.length * width];
        Arrays.fill(slots, -1);
    }

    /** Adds weight times a gradient to what a row has already. */
    void add(int row, float[] gradient, int offset, float weight) {
        int slot = slots[row];
        if (slot < 0) {
            slot = claim(row);
        }
        int at = slot * width;
        for (int d = 0; d < width; d++) {
            values[at + d] += weight * gradient[offset + d];
        }
    }

    int size() {
        return size;
    }

    int row(int slot) {
        return rows[slot];
    }

    /** One gradient a slot, not a copy. */
    float[] values() {
        return values;
    }

    /** The gradients as one array of the whole table, zero where no row was touched. */
    float[] dense() {
        float[] all = new float[slots.length * width];
        for (int slot = 0; slot < size; slot++) {
            System.arraycopy(values, slot * width, all, rows[slot] * width, width);
        }
        return all;
    }

    void clear() {
        for (int slot = 0; slot < size; slot++) {
            slots[rows[slot]] = -1;
        }
        Arrays.fill(values, 0, size * width, 0);
        size = 0;
    }

    private int claim(int row) {
        if (size == rows.length) {
            rows = Arrays.copyOf(rows, size * 2);
            values = Arrays.copyOf(values, rows.length * width);
        }
        rows[size] = row;
        slots[row] = size;
        return size++;
    }
}
