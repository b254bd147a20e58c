package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.search.ConjunctionUtils;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.TwoPhaseIterator;
import org.apache.lucene.util.BytesRef;
import org.opensearch.ralm.kernel.SeedBlockKernel;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;

/** Walks the candidates of one segment that have a seed block of the model. Used by one thread. */
final class RalmScorer extends Scorer {

    /** What reading the head of a block costs, in the arbitrary unit of two-phase iteration. */
    private static final float HEAD_COST = 10;

    private final BinaryDocValues blocks;
    private final SeedBlockKernel kernel;
    private final HitScore hitScore;
    private final float boost;
    private final DocIdSetIterator approximation;
    private final TwoPhaseIterator twoPhase;
    private BytesRef block;
    private int docOfBlock = -1;

    /**
     * @param everyDocument whether all are candidates; then blocks alone need be walked
     */
    RalmScorer(
            Scorer candidates,
            boolean everyDocument,
            BinaryDocValues blocks,
            SeedBlockKernel kernel,
            HitScore hitScore,
            float boost,
            RalmStats stats) {
        this.blocks = blocks;
        this.kernel = kernel;
        this.hitScore = hitScore;
        this.boost = boost;
        TwoPhaseIterator inner = candidates.twoPhaseIterator();
        DocIdSetIterator iterator = inner == null ? candidates.iterator() : inner.approximation();
        this.approximation = everyDocument ? blocks : ConjunctionUtils.intersectIterators(List.of(iterator, blocks));
        this.twoPhase = new TwoPhaseIterator(approximation) {
            @Override
            public boolean matches() throws IOException {
                if (inner != null && inner.matches() == false) {
                    return false;
                }
                BytesRef read = block();
                boolean accepted = kernel.accepts(read.bytes, read.offset, read.length);
                if (accepted == false) {
                    stats.count(Stat.COLD_CANDIDATES);
                }
                return accepted;
            }

            @Override
            public float matchCost() {
                return HEAD_COST + (inner == null ? 0 : inner.matchCost());
            }
        };
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
    public float score() throws IOException {
        BytesRef read = block();
        return boost * hitScore.of(kernel.score(read.bytes, read.offset, read.length), docID());
    }

    /** Reading copies the whole block, so what was read to see whether it matches is kept for its score. */
    private BytesRef block() throws IOException {
        if (docOfBlock != blocks.docID()) {
            block = blocks.binaryValue();
            docOfBlock = blocks.docID();
        }
        return block;
    }

    @Override
    public float getMaxScore(int upTo) {
        return boost * hitScore.most();
    }
}
