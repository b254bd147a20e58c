package org.opensearch.ralm.plugin.audience;

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
 * Matches the users of a query who have a vector, and scores them for one candidate.
 *
 * <p>Immutable; what scoring writes to belongs to a scorer.
 */
final class RalmAudienceQuery extends Query {

    private final Query users;
    private final ResolvedAudience resolved;
    private final boolean inSource;
    private final RalmStats stats;

    /**
     * @param inSource whether vectors are in documents' sources only
     */
    RalmAudienceQuery(Query users, ResolvedAudience resolved, boolean inSource, RalmStats stats) {
        this.users = Objects.requireNonNull(users);
        this.resolved = Objects.requireNonNull(resolved);
        this.inSource = inSource;
        this.stats = stats;
    }

    @Override
    public Query rewrite(IndexSearcher searcher) throws IOException {
        Query rewritten = users.rewrite(searcher);
        if (rewritten instanceof MatchNoDocsQuery) {
            return rewritten;
        }
        return rewritten == users ? this : new RalmAudienceQuery(rewritten, resolved, inSource, stats);
    }

    @Override
    public Weight createWeight(IndexSearcher searcher, ScoreMode scoreMode, float boost) throws IOException {
        if (scoreMode.needsScores()) {
            stats.count(Stat.AUDIENCES);
        }
        Weight weight = searcher.createWeight(users, ScoreMode.COMPLETE_NO_SCORES, 1);
        return new RalmAudienceWeight(this, weight, resolved, inSource, boost);
    }

    @Override
    public void visit(QueryVisitor visitor) {
        users.visit(visitor.getSubVisitor(Occur.MUST, this));
    }

    @Override
    public String toString(String field) {
        return "ralm_audience(" + users.toString(field) + ", model: " + resolved.model() + ")";
    }

    @Override
    public boolean equals(Object other) {
        return sameClassAs(other)
                && users.equals(((RalmAudienceQuery) other).users)
                && resolved.equals(((RalmAudienceQuery) other).resolved)
                && inSource == ((RalmAudienceQuery) other).inSource;
    }

    @Override
    public int hashCode() {
        return Objects.hash(classHash(), users, resolved, inSource);
    }
}
