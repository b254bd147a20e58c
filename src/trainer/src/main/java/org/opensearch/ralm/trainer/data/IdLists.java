package org.opensearch.ralm.trainer.data;

/**
 * A list of dense ids for each row, stored as one array with row offsets (CSR). Immutable and thread-safe as long as
 * nobody writes into the arrays handed out by {@link #offsets()} and {@link #ids()}.
 */
public final class IdLists {
    private final int[] offsets;
    private final int[] ids;

    /**
     * @param offsets rows + 1 ascending positions into {@code ids}; row r is {@code ids[offsets[r]..offsets[r+1])}
     * @param ids     the ids of all rows, one row after the other
     */
    public IdLists(int[] offsets, int[] ids) {
        if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != ids.length) {
            throw new IllegalArgumentException("offsets must start at 0 and end at the number of ids, " + ids.length);
        }
        this.offsets = offsets;
        this.ids = ids;
    }

    /** One row an id, each holding just its own number: the identity on {@code rows} ids. */
    public static IdLists identity(int rows) {
        int[] offsets = new int[rows + 1];
        int[] ids = new int[rows];
        for (int row = 0; row < rows; row++) {
            ids[row] = row;
            offsets[row + 1] = row + 1;
        }
        return new IdLists(offsets, ids);
    }

    /** How many rows there are. */
    public int rows() {
        return offsets.length - 1;
    }

    /** Where the row starts in {@link #ids()}. */
    public int start(int row) {
        return offsets[row];
    }

    /** Where the row ends (exclusive) in {@link #ids()}. */
    public int end(int row) {
        return offsets[row + 1];
    }

    /** How many ids the row has; 0 means missing. */
    public int size(int row) {
        return offsets[row + 1] - offsets[row];
    }

    /** The id at a position between {@link #start} and {@link #end} of its row. */
    public int id(int position) {
        return ids[position];
    }

    /** The row offsets themselves, rows + 1 of them: not a copy, to be read only. */
    public int[] offsets() {
        return offsets;
    }

    /** The ids of all rows: not a copy, to be read only. */
    public int[] ids() {
        return ids;
    }

    /** Collects rows in order; not thread-safe. */
    public static final class Builder {
        private final IntList offsets = new IntList();
        private final IntList ids = new IntList();

        public Builder() {
            offsets.add(0);
        }

        /** Adds an id to the row that is being built. */
        public Builder add(int id) {
            ids.add(id);
            return this;
        }

        /** Closes the row; the next id starts the next one. */
        public Builder endRow() {
            offsets.add(ids.size());
            return this;
        }

        /** The rows closed so far. */
        public IdLists build() {
            return new IdLists(offsets.toArray(), ids.toArray());
        }
    }
}
