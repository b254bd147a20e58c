package org.opensearch.ralm.trainer.data;

import java.util.Arrays;

/** A growing {@code int[]}; not thread-safe. */
final class IntList {
    private int[] values = new int[16];
    private int size;

    void add(int value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, Math.multiplyExact(size, 2));
        }
        values[size++] = value;
    }

    /** Adds {@code source[from..to)}. */
    void addRange(int[] source, int from, int to) {
        int count = to - from;
        if (size + count > values.length) {
            values = Arrays.copyOf(values, Math.max(Math.addExact(size, count), values.length * 2));
        }
        System.arraycopy(source, from, values, size, count);
        size += count;
    }

    int size() {
        return size;
    }

    /** The values at the given positions. */
    int[] inOrder(int[] positions) {
        int[] ordered = new int[positions.length];
        for (int i = 0; i < ordered.length; i++) {
            ordered[i] = values[positions[i]];
        }
        return ordered;
    }

    int[] toArray() {
        return Arrays.copyOf(values, size);
    }
}
