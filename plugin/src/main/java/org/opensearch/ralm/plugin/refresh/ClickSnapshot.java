package org.opensearch.ralm.plugin.refresh;

import java.io.Closeable;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.SortedSetDocValues;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.Weight;
import org.apache.lucene.util.BitSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.FixedBitSet;
import org.apache.lucene.util.LongBitSet;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.index.engine.Engine;
import org.opensearch.index.mapper.SeqNoFieldMapper;
import org.opensearch.index.shard.GlobalCheckpointListeners.GlobalCheckpointListener;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.ralm.plugin.click.ClickFields;
import org.opensearch.ralm.plugin.click.VectorFields;
import org.opensearch.ralm.plugin.feed.Feed;

/**
 * The clicks of one shard as they were at one moment. Every click up to the {@link #mark} is in it, and is on all
 * copies of the shard that are in sync, so that no failover takes it back. Some later ones are in it, too.
 *
 * <p>Reads the local copy only; asks no other node. Used by one thread at a time.
 */
final class ClickSnapshot implements Closeable {

    private static final String SOURCE = "ralm_refresh";
    private static final String UNKNOWN = "T";
    private static final TimeValue REPLICATION_TIMEOUT = TimeValue.timeValueSeconds(1);

    private final Engine.Searcher searcher;
    private final VectorFields fields;
    private final String model;
    private final long mark;

    /**
     * @param fields where the vectors are
     * @param model whose vectors count as fitting
     */
    ClickSnapshot(Engine.Searcher searcher, VectorFields fields, String model, long mark) {
        this.searcher = searcher;
        this.fields = fields;
        this.model = model;
        this.mark = mark;
    }

    /**
     * Takes a snapshot of a primary.
     *
     * @param feed whose model's vectors count as fitting
     */
    static ClickSnapshot take(IndexShard shard, Feed feed) throws IOException {
        // Later writes may be in the reader as well; only what came before is sure to be.
        long processed = shard.getProcessedLocalCheckpoint();
        shard.refresh(SOURCE);
        Engine.Searcher searcher = shard.acquireSearcher(SOURCE);
        try {
            shard.sync();
            awaitCopies(shard, processed);
            long mark = Math.min(processed, shard.getLastKnownGlobalCheckpoint());
            return new ClickSnapshot(searcher, VectorFields.of(feed), feed.model(), mark);
        } catch (IOException | RuntimeException e) {
            searcher.close();
            throw e;
        }
    }

    /** Gives the copies of the shard a moment to catch up; what they lack then is looked at again. */
    private static void awaitCopies(IndexShard shard, long mark) {
        if (shard.getLastKnownGlobalCheckpoint() >= mark) {
            return;
        }
        CountDownLatch caughtUp = new CountDownLatch(1);
        GlobalCheckpointListener listener = new GlobalCheckpointListener() {
            @Override
            public Executor executor() {
                return Runnable::run;
            }

            @Override
            public void accept(long checkpoint, Exception e) {
                caughtUp.countDown();
            }
        };
        shard.addGlobalCheckpointListener(mark, listener, REPLICATION_TIMEOUT);
        try {
            caughtUp.await(REPLICATION_TIMEOUT.millis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The sequence number up to which every click is in the snapshot. */
    long mark() {
        return mark;
    }

    /** The clicks of a candidate. */
    ClickCursor clicksOf(String candidate) {
        return clicks(ClickFields.CANDIDATE, candidate);
    }

    /** The clicks whose users had no vector when they came. */
    ClickCursor clicksOfUnknownUsers() {
        return clicks(fields.unknownUser(), UNKNOWN);
    }

    /** The clicks with a vector of a model. */
    ClickCursor clicksOfModel(String other) {
        return clicks(fields.model(), other);
    }

    private ClickCursor clicks(String field, String value) {
        Term term = new Term(field, value);
        return clicks(leaf -> leaf.postings(term, PostingsEnum.NONE));
    }

    private ClickCursor clicks(ClickCursor.LeafClicks chosen) {
        return new ClickCursor(searcher.getIndexReader().leaves(), chosen, fields, model);
    }

    /**
     * The clicks for whose users nobody has looked for a vector.
     *
     * @param ofModel whether those with a vector of another model are among them
     */
    ClickCursor clicksNotLookedAt(boolean ofModel) {
        return clicks(leaf -> notLookedAt(leaf, ofModel));
    }

    /** How many clicks have no vector of the model and are not marked as those of unknown users. */
    int notLookedAt() throws IOException {
        int count = 0;
        for (ClickCursor clicks = clicksNotLookedAt(true); clicks.next(); ) {
            count++;
        }
        return count;
    }

    private DocIdSetIterator notLookedAt(LeafReader leaf, boolean ofModel) throws IOException {
        Terms models = leaf.terms(fields.model());
        int withVector =
                ofModel ? leaf.docFreq(new Term(fields.model(), model)) : models == null ? 0 : models.getDocCount();
        if (withVector + leaf.docFreq(new Term(fields.unknownUser(), UNKNOWN)) >= leaf.maxDoc()) {
            return null;
        }
        FixedBitSet rest = new FixedBitSet(leaf.maxDoc());
        or(rest, leaf.postings(new Term(fields.unknownUser(), UNKNOWN), PostingsEnum.NONE));
        if (ofModel) {
            or(rest, leaf.postings(new Term(fields.model(), model), PostingsEnum.NONE));
        } else {
            or(rest, leaf.getSortedSetDocValues(fields.model()));
        }
        rest.flip(0, leaf.maxDoc());
        return new BitSetIterator(rest, rest.cardinality());
    }

    private static void or(FixedBitSet bits, DocIdSetIterator docs) throws IOException {
        if (docs != null) {
            bits.or(docs);
        }
    }

    /** The clicks with something in the members of vectors. */
    ClickCursor clicksWithVectorFields() {
        return clicks(leaf -> {
            FixedBitSet any = new FixedBitSet(leaf.maxDoc());
            or(any, leaf.postings(new Term(fields.unknownUser(), UNKNOWN), PostingsEnum.NONE));
            or(any, leaf.getSortedSetDocValues(fields.model()));
            return new BitSetIterator(any, any.cardinality());
        });
    }

    /** How many clicks there are. */
    int clicks() {
        return searcher.getIndexReader().numDocs();
    }

    /** The models, other than the snapshot's, of which there are vectors. */
    Set<String> otherModels() throws IOException {
        Set<String> models = new HashSet<>(values(fields.model()));
        models.remove(model);
        return models;
    }

    /** All candidates that have, or had, a click. */
    Set<String> candidates() throws IOException {
        return values(ClickFields.CANDIDATE);
    }

    private Set<String> values(String field) throws IOException {
        Set<String> values = new HashSet<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Terms terms = leaf.reader().terms(field);
            TermsEnum all = terms == null ? TermsEnum.EMPTY : terms.iterator();
            for (BytesRef value = all.next(); value != null; value = all.next()) {
                values.add(value.utf8ToString());
            }
        }
        return values;
    }

    /** The candidates that were clicked after a mark. */
    Set<String> candidatesSince(long earlier) throws IOException {
        if (earlier < 0) {
            return candidates();
        }
        Query newer = LongPoint.newRangeQuery(SeqNoFieldMapper.NAME, earlier + 1, Long.MAX_VALUE);
        Weight weight = searcher.createWeight(searcher.rewrite(newer), ScoreMode.COMPLETE_NO_SCORES, 1);
        Set<String> candidates = new HashSet<>();
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Scorer scorer = weight.scorer(leaf);
            if (scorer != null) {
                collect(leaf, scorer.iterator(), candidates);
            }
        }
        return candidates;
    }

    private static void collect(LeafReaderContext leaf, DocIdSetIterator docs, Set<String> candidates)
            throws IOException {
        Bits live = leaf.reader().getLiveDocs();
        SortedSetDocValues values = DocValues.getSortedSet(leaf.reader(), ClickFields.CANDIDATE);
        LongBitSet seen = new LongBitSet(Math.max(1, values.getValueCount()));
        for (int doc = docs.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = docs.nextDoc()) {
            if ((live == null || live.get(doc)) && values.advanceExact(doc)) {
                long ord = values.nextOrd();
                if (seen.getAndSet(ord) == false) {
                    candidates.add(values.lookupOrd(ord).utf8ToString());
                }
            }
        }
    }

    @Override
    public void close() {
        searcher.close();
    }
}
