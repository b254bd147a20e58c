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
    private final HitScores scores;
    private final ScoreParameters parameters;
    private final String name;
    private final RalmStats stats;

    /**
     * @param name what the request calls it; null if nothing. Says nothing of matches and scores, so queries are equal
     *      whatever they are called
     */
    RalmScoreQuery(Query candidates, HitScores scores, String name, RalmStats stats) {
        this.candidates = Objects.requireNonNull(candidates);
        this.scores = scores;
        this.parameters = scores.parameters();
        this.name = name;
        this.stats = stats;
    }

    /** Whom it scores for, and how. */
    ScoreParameters parameters() {
        return parameters;
    }

    /** What the request calls it; null if nothing. */
    String name() {
        return name;
    }

    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
        Query rewritten = candidates.rewrite(searcher);
        if (rewritten instanceof MatchNoDocsQuery) {
            return rewritten;
        }
        return rewritten == candidates ? this : new RalmScoreQuery(rewritten, scores, name, stats);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) throws IOException {
        if (scoreMode.needsScores()) {
            stats.count(Stat.QUERIES);
        }
        Weight weight = searcher.createWeight(candidates, ScoreMode.COMPLETE_NO_SCORES, 1);
        return new RalmScoreWeight(this, weight, scores, boost, stats, ScoreProfile.of(this, searcher));
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
