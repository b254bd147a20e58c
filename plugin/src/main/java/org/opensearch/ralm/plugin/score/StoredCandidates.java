package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.DocValuesType;
import org.apache.lucene.index.FieldInfo;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.util.BytesRef;
import org.opensearch.ralm.plugin.seeds.SeedObject;

/** What one segment stores of candidates in one field and beside it. Used by one thread, for ascending candidates. */
final class StoredCandidates {

    private final BinaryDocValues blocks;
    private final SortedSetDocValues states;
    private final SortedNumericDocValues seedCounts;
    private BytesRef block;
    private int candidate = -1;

    StoredCandidates(LeafReader reader, String field) throws IOException {
        this.blocks = DocValues.getBinary(reader, field);
        this.states = states(reader, SeedObject.stateBeside(field));
        String seedCount = SeedObject.seedCountBeside(field);
        this.seedCounts = has(reader, seedCount, DocValuesType.SORTED_NUMERIC)
                ? reader.getSortedNumericDocValues(seedCount)
                : null;
    }

    /** A state that was not mapped is a text with a keyword below it; null if neither has doc values. */
    private static SortedSetDocValues states(LeafReader reader, String field) throws IOException {
        for (String name : List.of(field, field + ".keyword")) {
            if (has(reader, name, DocValuesType.SORTED_SET)) {
                return reader.getSortedSetDocValues(name);
            }
        }
        return null;
    }

    private static boolean has(LeafReader reader, String field, DocValuesType type) {
        FieldInfo info = reader.getFieldInfos().fieldInfo(field);
        return info != null && info.getDocValuesType() == type;
    }

    /** The block, read once however often it is asked for; null if there is none. */
    BytesRef block(int doc) throws IOException {
        if (doc != candidate) {
            block = blocks.advanceExact(doc) ? blocks.binaryValue() : null;
            candidate = doc;
        }
        return block;
    }

    /** The state beside the block; null if there is none with doc values. */
    String state(int doc) throws IOException {
        return states != null && states.advanceExact(doc)
                ? states.lookupOrd(states.nextOrd()).utf8ToString()
                : null;
    }

    /** The number of seeds beside the block; 0 if there is none with doc values. */
    long seedCount(int doc) throws IOException {
        return seedCounts != null && seedCounts.advanceExact(doc) ? seedCounts.nextValue() : 0;
    }
}
