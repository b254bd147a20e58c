package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.QueryVisitor;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;

/**
 * Matches the candidates of a query that have a seed block of the model, and scores them for one user.
 *
 * <p>Immutable; what scoring writes to belongs to a scorer.
 */
final class RalmScoreQuery extends Query {

    private final Query candidates;
    private final ScoreParameters parameters;
    private final RalmStats stats;

    RalmScoreQuery(Query candidates, ScoreParameters parameters, RalmStats stats) {
        this.candidates = Objects.requireNonNull(candidates);
        this.parameters = Objects.requireNonNull(parameters);
        this.stats = stats;
    }

    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
        Query rewritten = candidates.rewrite(searcher);
        if (rewritten instanceof MatchNoDocsQuery) {
            return rewritten;
        }
        return rewritten == candidates ? this : new RalmScoreQuery(rewritten, parameters, stats);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) throws IOException {
        if (scoreMode.needsScores()) {
            stats.count(Stat.QUERIES);
        }
        Weight weight = searcher.createWeight(candidates, ScoreMode.COMPLETE_NO_SCORES, 1);
        return new RalmScoreWeight(this, weight, parameters, boost, stats, ScoreProfile.of(this, searcher));
    }

    @Override
    public void visit(QueryVisitor visitor) {
        candidates.visit(visitor.getSubVisitor(Occur.MUST, this));
    }

    @Override
    public String toString(String field) {
        return "ralm_score(" + candidates.toString(field) + ", field: " + parameters.field() + ", model: "
                + parameters.model() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return sameClassAs(other)
                && candidates.equals(((RalmScoreQuery) other).candidates)
                && parameters.equals(((RalmScoreQuery) other).parameters);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * classHash() + candidates.hashCode()) + parameters.hashCode();
    }
}
