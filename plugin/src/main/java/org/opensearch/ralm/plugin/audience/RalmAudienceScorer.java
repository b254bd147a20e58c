package org.opensearch.ralm.plugin.audience;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TwoPhaseIterator;
import org.opensearch.ralm.kernel.AudienceKernel;

/** Walks the users of one segment who have a vector and a score that suffices. Used by one thread. */
final class RalmAudienceScorer extends Scorer {

    /** What scoring a user costs, in the arbitrary unit of two-phase iteration. */
    private static final float SCORE_COST = 1_000;

    private final SegmentVectors vectors;
    private final AudienceKernel kernel;
    private final ResolvedAudience resolved;
    private final float boost;
    private final DocIdSetIterator approximation;
    private final TwoPhaseIterator twoPhase;
    private double raw;

    RalmAudienceScorer(
            Scorer users, SegmentVectors vectors, AudienceKernel kernel, ResolvedAudience resolved, float boost) {
        this.vectors = vectors;
        this.kernel = kernel;
        this.resolved = resolved;
        this.boost = boost;
        TwoPhaseIterator inner = users.twoPhaseIterator();
        DocIdSetIterator iterator = inner == null ? users.iterator() : inner.approximation();
        this.approximation = ConjunctionUtils.intersectIterators(List.of(iterator, vectors.users()));
        this.twoPhase = new TwoPhaseIterator(approximation) {
            @Override
            public boolean matches() throws IOException {
                return (inner == null || inner.matches()) && scoreSuffices();
            }

            @Override
            public float matchCost() {
                return SCORE_COST + (inner == null ? 0 : inner.matchCost());
            }
        };
    }

    private boolean scoreSuffices() throws IOException {
        float[] vector = vectors.vector();
        if (vector == null) {
            return false;
        }
        raw = kernel.score(vector);
        return raw >= resolved.lowest();
    }

    @Override
    public int docID() {
        return approximation.docID();
    }

    @Override
    public DocIdSetIterator iterator() {
        return TwoPhaseIterator.asDocIdSetIterator(twoPhase);
    }

    @Override
    public TwoPhaseIterator twoPhaseIterator() {
        return twoPhase;
    }

    @Override
    public float score() {
        return boost * resolved.scoreOf(raw);
    }

    /** Every score is at most 1 before the boost. */
    @Override
    public float getMaxScore(int upTo) {
        return boost;
    }
}
