package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.util.BytesRef;
import org.opensearch.ralm.kernel.SeedBlockKernel;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.script.ScoreScript;
import org.opensearch.search.lookup.SearchLookup;

/**
 * Scores the candidates of one segment. A script cannot leave a document out, so candidates without a seed block of the
 * model score 0. Used by one thread.
 */
final class RalmScoreScript extends ScoreScript {

    private final BinaryDocValues blocks;
    private final SeedBlockKernel kernel;
    private final ScoreParameters parameters;
    private final HitScore hitScore;
    private final RalmStats stats;

    private RalmScoreScript(Leaves leaves, LeafReaderContext context) throws IOException {
        super(leaves.params, leaves.lookup, leaves.searcher, context);
        this.parameters = leaves.scores.parameters();
        this.blocks = DocValues.getBinary(context.reader(), parameters.field());
        this.kernel = new SeedBlockKernel(parameters.forKernel());
        this.hitScore = leaves.scores.in(context);
        this.stats = leaves.stats;
    }

    @Override
    public double execute(ExplanationHolder explanation) {
        try {
            BytesRef block = blocks.advanceExact(_getDocId()) ? blocks.binaryValue() : null;
            if (block == null || kernel.accepts(block.bytes, block.offset, block.length) == false) {
                stats.count(Stat.COLD_CANDIDATES);
                return 0;
            }
            double raw = kernel.score(block.bytes, block.offset, block.length);
            if (explanation != null) {
                explanation.set("ralm_score under model [" + parameters.model() + "]: raw score " + raw + " = alpha "
                        + parameters.alpha() + " * global " + kernel.global() + " + beta " + parameters.beta()
                        + " * local " + kernel.local());
            }
            return hitScore.of(raw, _getDocId());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes the scripts of a shard's segments. */
    record Leaves(
            HitScores scores, Map<String, Object> params, SearchLookup lookup, IndexSearcher searcher, RalmStats stats)
            implements LeafFactory {

        @Override
        public boolean needs_score() {
            return false;
        }

        @Override
        public ScoreScript newInstance(LeafReaderContext context) throws IOException {
            return new RalmScoreScript(this, context);
        }
    }
}
