package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import org.apache.lucene.index.BinaryDocValues;
import org.apache.lucene.index.DocValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.Scorer;
import org.apache.lucene.search.ScorerSupplier;
import org.apache.lucene.search.Weight;
import org.opensearch.ralm.kernel.SeedBlockKernel;
import org.opensearch.ralm.plugin.stats.RalmStats;

/** One search's scoring of candidates, segment by segment. Immutable. */
final class RalmScoreWeight extends Weight {

    private final Weight candidates;
    private final HitScores scores;
    private final ScoreParameters parameters;
    private final float boost;
    private final RalmStats stats;
    private final ScoreProfile profile;

    /**
     * @param profile what the search tells of its profile; null if it is not profiled
     */
    RalmScoreWeight(
            Query query, Weight candidates, HitScores scores, float boost, RalmStats stats, ScoreProfile profile) {
        super(query);
        this.candidates = candidates;
        this.scores = scores;
        this.parameters = scores.parameters();
        this.boost = boost;
        this.stats = stats;
        this.profile = profile;
    }

    @Override
    public ScorerSupplier scorerSupplier(LeafReaderContext context) throws IOException {
        ScorerSupplier supplier = candidates.scorerSupplier(context);
        if (supplier == null || context.reader().getBinaryDocValues(parameters.field()) == null) {
            return null;
        }
        return new ScorerSupplier() {
            @Override
            public Scorer get(long leadCost) throws IOException {
                BinaryDocValues stored = DocValues.getBinary(context.reader(), parameters.field());
                boolean everyDocument = candidates.getQuery() instanceof MatchAllDocsQuery;
                SeedBlockKernel kernel = new SeedBlockKernel(parameters.forKernel());
                BinaryDocValues blocks = profile == null ? stored : profile.watch(stored, context, kernel);
                return new RalmScorer(
                        supplier.get(leadCost), everyDocument, blocks, kernel, scores.in(context), boost, stats);
            }

            @Override
            public long cost() {
                return supplier.cost();
            }
        };
    }

    @Override
    public boolean isCacheable(LeafReaderContext context) {
        return candidates.isCacheable(context) && DocValues.isCacheable(context, parameters.field());
    }

    @Override
    public Explanation explain(LeafReaderContext context, int doc) throws IOException {
        Explanation match = candidates.explain(context, doc);
        if (match.isMatch() == false) {
            return Explanation.noMatch("ralm_score: not a match of the inner query", match);
        }
        BinaryDocValues blocks = DocValues.getBinary(context.reader(), parameters.field());
        if (blocks.advanceExact(doc) == false) {
            return Explanation.noMatch("ralm_score: no seed block in field [" + parameters.field() + "]");
        }
        return new ScoreExplanation(parameters, scores.in(context), boost).explain(blocks.binaryValue(), doc);
    }
}
