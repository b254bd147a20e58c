package org.opensearch.ralm.trainer.data;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;

/**
 * One field of many (user, time) rows. Row r holds the entries {@code [offsets[r], offsets[r+1])}; a row without
 * entries is a missing field. Entries are {@link #ids()}, or for a continuous field {@link #values()}, of which a row
 * has at most one. The arrays are not copies: read them only.
 */
public final class FieldColumn {
    private final int[] offsets;
    private final int[] ids;
    private final float[] values;

    private FieldColumn(int[] offsets, int[] ids, float[] values) {
        this.offsets = offsets;
        this.ids = ids;
        this.values = values;
    }

    /** Rows + 1 positions into the entries. */
    public int[] offsets() {
        return offsets;
    }

    /** The ids of all rows; empty for a continuous field. */
    public int[] ids() {
        return ids;
    }

    /** The numbers of all rows, each in [0, 1]; empty for all but continuous fields. */
    public float[] values() {
        return values;
    }

    /** Whether the field is there in a row; if not it must be masked. */
    public boolean present(int row) {
        return offsets[row + 1] > offsets[row];
    }

    /** The same rows with other ids; entries whose id becomes negative are left out. */
    public FieldColumn withIds(IntUnaryOperator idOf) {
        int[] newOffsets = new int[offsets.length];
        int[] newIds = new int[ids.length];
        int size = 0;
        for (int each = 0; each + 1 < offsets.length; each++) {
            for (int position = offsets[each]; position < offsets[each + 1]; position++) {
                int id = idOf.applyAsInt(ids[position]);
                if (id >= 0) {
                    newIds[size++] = id;
                }
            }
            newOffsets[each + 1] = size;
        }
        return new FieldColumn(newOffsets, Arrays.copyOf(newIds, size), values);
    }

    /** The same rows with other numbers. */
    public FieldColumn withValues(DoubleUnaryOperator valueOf) {
        float[] newValues = new float[values.length];
        for (int position = 0; position < newValues.length; position++) {
            newValues[position] = (float) valueOf.applyAsDouble(values[position]);
        }
        return new FieldColumn(offsets, ids, newValues);
    }

    /** Collects the entries of a known number of rows; not thread-safe. */
    public static final class Builder {
        private final int[] offsets;
        private final IntList ids = new IntList();
        private float[] values = new float[0];
        private int valueCount;
        private int row;

        Builder(int rows) {
            this.offsets = new int[rows + 1];
        }

        /** Adds an id to the current row. */
        void addId(int id) {
            ids.add(id);
        }

        /** Adds a row of ids to the current row. */
        void addIds(IdLists lists, int listed) {
            ids.addRange(lists.ids(), lists.start(listed), lists.end(listed));
        }

        /** Adds a number to the current row. */
        void addValue(float value) {
            if (valueCount == values.length) {
                values = Arrays.copyOf(values, offsets.length);
            }
            values[valueCount++] = value;
        }

        void endRow() {
            offsets[++row] = ids.size() + valueCount;
        }

        FieldColumn build() {
            return new FieldColumn(offsets, ids.toArray(), Arrays.copyOf(values, valueCount));
        }
    }
}
