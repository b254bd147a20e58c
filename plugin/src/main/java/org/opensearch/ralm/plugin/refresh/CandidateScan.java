package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.NumericDocValues;
import org.apache.lucene.index.SortedNumericDocValues;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.opensearch.index.engine.Engine;
import org.opensearch.index.mapper.IdFieldMapper;
import org.opensearch.index.mapper.RoutingFieldMapper;
import org.opensearch.index.mapper.SeqNoFieldMapper;
import org.opensearch.index.mapper.Uid;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.ralm.plugin.exposure.ExposureField;
import org.opensearch.ralm.plugin.exposure.ExposureThresholds;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.seeds.SeedObject;
import org.opensearch.ralm.plugin.system.BinaryValue;

/**
 * Finds the candidates of one shard that were written since a mark and whose block is not as it should be. Those whose
 * clicks are counted are not looked at.
 *
 * <p>Reads doc values of the local copy only; asks no other node.
 */
final class CandidateScan {

    private final IndexShard shard;
    private final String field;
    private final String fieldBeside;
    private final String countedField;
    private final String countedBeside;
    private final String stateField;
    private final String exposureField;

    CandidateScan(IndexShard shard, Feed feed) {
        this.shard = shard;
        this.field = feed.field();
        this.fieldBeside = feed.isTwofold() ? feed.fieldBeside() : null;
        this.countedBeside = feed.isTwofold() ? CountedSeeds.fieldBeside(feed.fieldBeside()) : null;
        this.countedField = CountedSeeds.fieldBeside(field);
        this.stateField = SeedObject.stateBeside(field);
        this.exposureField = ExposureField.beside(field);
    }

    /** Says whether a block is not as it should be. */
    @FunctionalInterface
    interface StalenessRule {
        /**
         * @param block its bytes; null if there is one in the other slot only, or one of more seeds
         * @param content whether it is known to be a pseudo-seed
         * @param thresholds its exposure thresholds; null if there are none
         */
        boolean test(BytesRef block, boolean content, ExposureThresholds thresholds);
    }

    /**
     * A candidate to be looked at.
     *
     * @param routing null if the document has none of its own
     */
    record Found(long seqNo, String id, String routing) {}

    /**
     * What a scan found, in the order in which it was written.
     *
     * @param candidates at most as many as asked for
     * @param mark up to which sequence number everything was seen
     * @param left how many more there are
     */
    record Result(List<Found> candidates, long mark, int left) {}

    /** Looks at what was written after a mark. */
    Result after(long mark, int most, StalenessRule isStale) throws IOException {
        long checkpoint = shard.getProcessedLocalCheckpoint();
        if (checkpoint <= mark) {
            return new Result(List.of(), mark, 0);
        }
        // What the checkpoint covers is in the engine, but may not be in its last reader yet.
        shard.refresh("ralm_seeds");
        List<Found> found = new ArrayList<>();
        try (Engine.Searcher searcher = shard.acquireSearcher("ralm_seeds")) {
            Query changed = new BooleanQuery.Builder()
                    .add(hasBlock(), Occur.FILTER)
                    .add(LongPoint.newRangeQuery(SeqNoFieldMapper.NAME, mark + 1, checkpoint), Occur.FILTER)
                    .build();
            Weight weight = searcher.createWeight(searcher.rewrite(changed), ScoreMode.COMPLETE_NO_SCORES, 1);
            for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
                scan(leaf, weight, isStale, found);
            }
        }
        found.sort(Comparator.comparingLong(Found::seqNo));
        if (found.size() <= most) {
            return new Result(found, checkpoint, 0);
        }
        List<Found> first = found.subList(0, most);
        return new Result(first, first.get(most - 1).seqNo(), found.size() - most);
    }

    /** Also a candidate with a block in the other slot only is to have one. */
    private Query hasBlock() {
        if (fieldBeside == null) {
            return new FieldExistsQuery(field);
        }
        return new BooleanQuery.Builder()
                .add(new FieldExistsQuery(field), Occur.SHOULD)
                .add(new FieldExistsQuery(fieldBeside), Occur.SHOULD)
                .build();
    }

    private void scan(LeafReaderContext leaf, Weight weight, StalenessRule isStale, List<Found> found)
            throws IOException {
        Scorer scorer = weight.scorer(leaf);
        if (scorer == null) {
            return;
        }
        Bits live = leaf.reader().getLiveDocs();
        BinaryDocValues blocks = DocValues.getBinary(leaf.reader(), field);
        Counted counted = new Counted(leaf.reader());
        SeedTotals totals = new SeedTotals(leaf.reader(), field, fieldBeside);
        NumericDocValues seqNos = DocValues.getNumeric(leaf.reader(), SeqNoFieldMapper.NAME);
        // There are none where the field is not mapped, or not as _setup does.
        SortedSetDocValues states = leaf.reader().getSortedSetDocValues(stateField);
        BinaryDocValues exposures = leaf.reader().getBinaryDocValues(exposureField);
        DocIdSetIterator docs = scorer.iterator();
        for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
            if ((live != null && live.get(doc) == false) || seqNos.advanceExact(doc) == false || counted.has(doc)) {
                continue;
            }
            boolean upToDate = blocks.advanceExact(doc) && totals.areLess(doc) == false;
            BytesRef block = upToDate ? blocks.binaryValue() : null;
            if (isStale.test(block, isContent(states, doc), thresholds(exposures, doc))) {
                found.add(found(leaf, doc, seqNos.longValue()));
            }
        }
    }

    /** Which candidates of a segment have their clicks counted, in either slot. */
    private final class Counted {
        private final SortedNumericDocValues here;
        private final SortedNumericDocValues beside;

        Counted(LeafReader leaf) throws IOException {
            here = DocValues.getSortedNumeric(leaf, countedField);
            beside = countedBeside == null ? null : DocValues.getSortedNumeric(leaf, countedBeside);
        }

        boolean has(int doc) throws IOException {
            return here.advanceExact(doc) || beside != null && beside.advanceExact(doc);
        }
    }

    private static boolean isContent(SortedSetDocValues states, int doc) throws IOException {
        return states != null
                && states.advanceExact(doc)
                && SeedObject.isContentState(states.lookupOrd(states.nextOrd()).utf8ToString());
    }

    private static ExposureThresholds thresholds(BinaryDocValues exposures, int doc) throws IOException {
        return exposures != null && exposures.advanceExact(doc)
                ? new ExposureThresholds(BinaryValue.first(exposures.binaryValue()))
                : null;
    }

    /** The candidate of a document. */
    static Found found(LeafReaderContext leaf, int doc, long seqNo) throws IOException {
        Document stored =
                leaf.reader().storedFields().document(doc, Set.of(IdFieldMapper.NAME, RoutingFieldMapper.NAME));
        BytesRef id = stored.getBinaryValue(IdFieldMapper.NAME);
        return new Found(seqNo, Uid.decodeId(id.bytes, id.offset, id.length), stored.get(RoutingFieldMapper.NAME));
    }
}
