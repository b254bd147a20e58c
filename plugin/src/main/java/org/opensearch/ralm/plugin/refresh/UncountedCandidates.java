package org.opensearch.ralm.plugin.refresh;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.index.mapper.SeqNoFieldMapper;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.SortOrder;
import org.opensearch.transport.client.Client;

/**
 * Finds candidates whose documents say nothing of clicks: new ones, and those that somebody wrote anew without what was
 * counted.
 */
final class UncountedCandidates {

    /** Those written last come first, so the others were looked at before. */
    private static final int MOST_CANDIDATES = 1_000;

    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(10);

    private final Client client;
    private final String countedField;

    /**
     * @param client acts as the plugin
     * @param field the field of the seed blocks
     */
    UncountedCandidates(Client client, String field) {
        this.client = client;
        this.countedField = CountedSeeds.fieldBeside(field);
    }

    /** The ids of those written last. */
    List<String> find(Set<String> indices) {
        QueryBuilder uncounted = QueryBuilders.boolQuery().mustNot(QueryBuilders.existsQuery(countedField));
        SearchSourceBuilder source = new SearchSourceBuilder()
                .query(uncounted)
                .sort(SeqNoFieldMapper.NAME, SortOrder.DESC)
                .fetchSource(false)
                .trackTotalHits(false)
                .size(MOST_CANDIDATES);
        PlainActionFuture<SearchResponse> answer = new PlainActionFuture<>();
        client.search(new SearchRequest(indices.toArray(String[]::new)).source(source), answer);
        List<String> ids = new ArrayList<>();
        for (SearchHit hit : answer.actionGet(TIMEOUT).getHits()) {
            ids.add(hit.getId());
        }
        return ids;
    }
}
