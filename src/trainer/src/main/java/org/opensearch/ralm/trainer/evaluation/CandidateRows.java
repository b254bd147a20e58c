package org.opensearch.ralm.trainer.evaluation;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.IdLists;

/**
 * Which rows each item is a candidate of, for scorers that work item by item. Immutable, safe for use by several
 * threads.
 */
public final class CandidateRows {

    private final int[] rowAt;
    private final IdLists positionsOf;

    /**
     * @param candidates the items of each row
     * @param items      how many items there are
     */
    public CandidateRows(IdLists candidates, int items) {
        this.rowAt = new int[candidates.ids().length];
        for (int row = 0; row < candidates.rows(); row++) {
            Arrays.fill(rowAt, candidates.start(row), candidates.end(row), row);
        }
        int[] offsets = new int[items + 1];
        for (int item : candidates.ids()) {
            offsets[item + 1]++;
        }
        Arrays.parallelPrefix(offsets, Integer::sum);
        int[] next = offsets.clone();
        int[] positions = new int[rowAt.length];
        for (int position = 0; position < positions.length; position++) {
            positions[next[candidates.id(position)]++] = position;
        }
        this.positionsOf = new IdLists(offsets, positions);
    }

    /** The items that are a candidate of some row, ascending. */
    public int[] items() {
        return IntStream.range(0, positionsOf.rows())
                .filter(item -> positionsOf.size(item) > 0)
                .toArray();
    }

    /** How many pairs of a row and a candidate there are. */
    public int size() {
        return rowAt.length;
    }

    /** Where an item stands among all candidates, ascending. */
    public int[] positions(int item) {
        return Arrays.copyOfRange(positionsOf.ids(), positionsOf.start(item), positionsOf.end(item));
    }

    /** The row that a position belongs to. */
    public int row(int position) {
        return rowAt[position];
    }
}
