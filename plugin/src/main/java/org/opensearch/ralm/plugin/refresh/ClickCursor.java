package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.Iterator;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.opensearch.index.mapper.SeqNoFieldMapper;
import org.opensearch.index.mapper.VersionFieldMapper;
import org.opensearch.ralm.plugin.click.ClickFields;
import org.opensearch.ralm.plugin.click.VectorFields;
import org.opensearch.ralm.plugin.system.BinaryValue;

/**
 * Goes over some clicks, one at a time, reading postings and doc values of one snapshot. Used by one
 * thread at a time.
 */
final class ClickCursor {

    private final Iterator<LeafReaderContext> leaves;
    private final LeafClicks clicks;
    private final VectorFields fields;
    private final String model;
    private LeafReader leaf;
    private DocIdSetIterator docs;
    private Bits live;
    private int doc = DocIdSetIterator.NO_MORE_DOCS;
    private NumericDocValues seqNos;
    private NumericDocValues versions;
    private SortedNumericDocValues times;
    private SortedNumericDocValues arrivals;
    private SortedSetDocValues models;
    private long modelOrd;
    private SortedSetDocValues users;
    private SortedSetDocValues candidates;
    private BinaryDocValues vectors;

    /** Chooses clicks of a segment. */
    interface LeafClicks {
        /** Those chosen; null for none. Deleted ones may be among them. */
        DocIdSetIterator of(LeafReader leaf) throws IOException;
    }

    /**
     * @param clicks which to go over
     * @param fields where their vectors are
     * @param model whose vectors count as fitting
     */
    ClickCursor(Iterable<LeafReaderContext> leaves, LeafClicks clicks, VectorFields fields, String model) {
        this.leaves = leaves.iterator();
        this.clicks = clicks;
        this.fields = fields;
        this.model = model;
    }

    /** Moves to the next click; false when there is none. Documents that say of nobody, or of nothing, are passed over. */
    boolean next() throws IOException {
        do {
            while (docs != null && (doc = docs.nextDoc()) != DocIdSetIterator.NO_MORE_DOCS) {
                if ((live == null || live.get(doc)) && users.advanceExact(doc) && candidates.advanceExact(doc)) {
                    return true;
                }
            }
        } while (openNextLeaf());
        return false;
    }

    private boolean openNextLeaf() throws IOException {
        docs = null;
        while (docs == null && leaves.hasNext()) {
            leaf = leaves.next().reader();
            docs = clicks.of(leaf);
        }
        if (docs == null) {
            return false;
        }
        live = leaf.getLiveDocs();
        seqNos = DocValues.getNumeric(leaf, SeqNoFieldMapper.NAME);
        times = DocValues.getSortedNumeric(leaf, ClickFields.TIME);
        models = DocValues.getSortedSet(leaf, fields.model());
        modelOrd = models.lookupTerm(new BytesRef(model));
        versions = null;
        arrivals = null;
        users = DocValues.getSortedSet(leaf, ClickFields.USER);
        candidates = DocValues.getSortedSet(leaf, ClickFields.CANDIDATE);
        vectors = null;
        return true;
    }

    /** Whether the click holds a vector of the model. */
    boolean hasVector() throws IOException {
        return modelOrd >= 0 && models.advanceExact(doc) && models.nextOrd() == modelOrd;
    }

    /** The number of the write that last touched the click. */
    long seqNo() throws IOException {
        return seqNos.advanceExact(doc) ? seqNos.longValue() : -1;
    }

    /** The primary term of that write. */
    long primaryTerm() throws IOException {
        NumericDocValues terms = DocValues.getNumeric(leaf, SeqNoFieldMapper.PRIMARY_TERM_NAME);
        return terms.advanceExact(doc) ? terms.longValue() : 0;
    }

    /** How often the click was written; 1 if its user clicked the candidate for the first time. */
    long version() throws IOException {
        if (versions == null) {
            versions = DocValues.getNumeric(leaf, VersionFieldMapper.NAME);
        }
        return versions.advanceExact(doc) ? versions.longValue() : 1;
    }

    /** When the user clicked last, in milliseconds since 1970. */
    long time() throws IOException {
        return times.advanceExact(doc) ? times.nextValue() : 0;
    }

    /** When the click reached the cluster, in milliseconds since 1970. */
    long received() throws IOException {
        if (arrivals == null) {
            arrivals = DocValues.getSortedNumeric(leaf, ClickFields.RECEIVED);
        }
        return arrivals.advanceExact(doc) ? arrivals.nextValue() : time();
    }

    /** The user's id. */
    String user() throws IOException {
        return value(users);
    }

    /** The candidate's id. */
    String candidate() throws IOException {
        return value(candidates);
    }

    private String value(SortedSetDocValues values) throws IOException {
        values.advanceExact(doc);
        return values.lookupOrd(values.nextOrd()).utf8ToString();
    }

    /** Where the vector of this click can be read again. */
    Location location() {
        return new Location(leaf, doc, fields.vector());
    }

    /** The user's look-alike vector; only if {@link #hasVector}. */
    float[] vector() throws IOException {
        if (vectors == null) {
            vectors = DocValues.getBinary(leaf, fields.vector());
        }
        return read(vectors, doc);
    }

    private static float[] read(BinaryDocValues vectors, int doc) throws IOException {
        if (vectors.advanceExact(doc) == false) {
            throw new IllegalArgumentException("a click that names its model has no vector");
        }
        BytesRef value = BinaryValue.first(vectors.binaryValue());
        return ClickFields.decoded(value.bytes, value.offset, value.length);
    }

    /** A click of the snapshot. */
    record Location(LeafReader leaf, int doc, String field) {

        float[] vector() throws IOException {
            return read(DocValues.getBinary(leaf, field), doc);
        }
    }
}
