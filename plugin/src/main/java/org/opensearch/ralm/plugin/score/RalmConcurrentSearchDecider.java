package org.opensearch.ralm.plugin.score;

import java.util.Set;
import org.opensearch.index.IndexSettings;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.search.deciders.ConcurrentSearchDecision;
import org.opensearch.search.deciders.ConcurrentSearchDecision.DecisionStatus;
import org.opensearch.search.deciders.ConcurrentSearchRequestDecider;

/**
 * Votes for concurrent search once a query that computes for every document was seen anywhere in a query, whatever comes
 * after it.
 */
final class RalmConcurrentSearchDecider extends ConcurrentSearchRequestDecider {

    private static final Set<String> COMPUTING = Set.of(RalmScoreQueryBuilder.NAME, "ralm_audience");

    private boolean seen;

    @Override
    public void evaluateForQuery(QueryBuilder queryBuilder, IndexSettings indexSettings) {
        seen |= COMPUTING.contains(queryBuilder.getName());
    }

    @Override
    public ConcurrentSearchDecision getConcurrentSearchDecision() {
        return seen
                ? new ConcurrentSearchDecision(
                        DecisionStatus.YES, "ralm_score and ralm_audience compute for every document")
                : new ConcurrentSearchDecision(
                        DecisionStatus.NO_OP, "neither ralm_score nor ralm_audience in the query");
    }
}
