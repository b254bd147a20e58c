package org.opensearch.ralm.plugin.score;

import org.opensearch.index.shard.SearchOperationListener;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.search.internal.SearchContext;

/**
 * Counts how long shards take for searches with {@code ralm_score}: once a shard, the whole query phase as the server
 * measures it, however many threads share it and wherever in the request the query is.
 */
final class ScoreTimer implements SearchOperationListener {

    private final RalmStats stats;

    ScoreTimer(RalmStats stats) {
        this.stats = stats;
    }

    @Override
    public void onQueryPhase(SearchContext context, long tookInNanos) {
        if (ScoreQueries.of(context.parsedQuery(), context.rescore()).isEmpty() == false) {
            stats.count(Stat.QUERY_PHASES);
            stats.add(Stat.QUERY_NANOS, tookInNanos);
        }
    }
}
