package org.opensearch.ralm.trainer.data;

import java.util.Arrays;

/** A set of numbers of 0 or more, open addressing over one {@code long[]}; not thread-safe. */
final class LongSet {
    private static final long EMPTY = -1;

    private long[] table = empty(64);
    private int size;

    /** Adds a number; false if it was there already. */
    boolean add(long number) {
        int slot = slot(table, number);
        if (table[slot] == number) {
            return false;
        }
        table[slot] = number;
        if (++size > table.length / 2) {
            grow();
        }
        return true;
    }

    private void grow() {
        long[] larger = empty(Math.multiplyExact(table.length, 2));
        for (long number : table) {
            if (number != EMPTY) {
                larger[slot(larger, number)] = number;
            }
        }
        table = larger;
    }

    /** The slot that holds the number, or the empty one where it would go. */
    private static int slot(long[] table, long number) {
        int slot = (int) (number * 0x9E3779B97F4A7C15L >>> 32) & table.length - 1;
        while (table[slot] != EMPTY && table[slot] != number) {
            slot = slot + 1 & table.length - 1;
        }
        return slot;
    }

    private static long[] empty(int length) {
        long[] table = new long[length];
        Arrays.fill(table, EMPTY);
        return table;
    }
}
