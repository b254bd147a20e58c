package org.opensearch.ralm.plugin.score;

import org.opensearch.index.IndexSettings;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.search.deciders.ConcurrentSearchDecision;
import org.opensearch.search.deciders.ConcurrentSearchDecision.DecisionStatus;
import org.opensearch.search.deciders.ConcurrentSearchRequestDecider;

/** Votes for concurrent search once {@code ralm_score} was seen anywhere in a query, whatever comes after it. */
final class RalmConcurrentSearchDecider extends ConcurrentSearchRequestDecider {

    private boolean seen;

    @Override
    public void evaluateForQuery(QueryBuilder queryBuilder, IndexSettings indexSettings) {
        seen |= queryBuilder instanceof RalmScoreQueryBuilder;
    }

    @Override
    public ConcurrentSearchDecision getConcurrentSearchDecision() {
        return seen
                ? new ConcurrentSearchDecision(DecisionStatus.YES, "ralm_score computes for every candidate")
                : new ConcurrentSearchDecision(DecisionStatus.NO_OP, "no ralm_score in the query");
    }
}
