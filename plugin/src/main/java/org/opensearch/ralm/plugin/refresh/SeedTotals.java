package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedNumericDocValues;
import org.opensearch.ralm.plugin.seeds.SeedObject;

/** Whether a candidate has more seeds in the other slot, with a vector or without. One segment, one thread. */
final class SeedTotals {

    private final SortedNumericDocValues[] here;
    private final SortedNumericDocValues[] beside;

    /**
     * @param field of the one slot's blocks
     * @param fieldBeside of the other's; null if there is no other slot
     */
    SeedTotals(LeafReader leaf, String field, String fieldBeside) throws IOException {
        this.here = fieldBeside == null ? null : numbers(leaf, field);
        this.beside = fieldBeside == null ? null : numbers(leaf, fieldBeside);
    }

    private static SortedNumericDocValues[] numbers(LeafReader leaf, String field) throws IOException {
        return new SortedNumericDocValues[] {
            DocValues.getSortedNumeric(leaf, SeedObject.seedCountBeside(field)),
            DocValues.getSortedNumeric(leaf, SeedObject.unknownUsersBeside(field))
        };
    }

    boolean areLess(int doc) throws IOException {
        return here != null && total(here, doc) < total(beside, doc);
    }

    private static long total(SortedNumericDocValues[] numbers, int doc) throws IOException {
        long total = 0;
        for (SortedNumericDocValues number : numbers) {
            total += number.advanceExact(doc) ? number.nextValue() : 0;
        }
        return total;
    }
}
