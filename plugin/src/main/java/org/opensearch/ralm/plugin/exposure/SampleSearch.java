package org.opensearch.ralm.plugin.exposure;

import java.util.ArrayList;
import java.util.List;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.search.SearchResponse;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.common.lucene.search.function.CombineFunction;
import org.opensearch.core.action.ActionListener;
import org.opensearch.index.mapper.SeqNoFieldMapper;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.index.query.functionscore.RandomScoreFunctionBuilder;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.UserVectors;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/**
 * Chooses users of a feed by a hash of their documents' sequence numbers: all nodes choose the same ones as long as the
 * users index is not written to, each user as likely as any other.
 */
public final class SampleSearch {

    private static final int SEED = 17;

    private SampleSearch() {}

    /**
     * Some users.
     *
     * @param vectors of those who have one that fits
     * @param users how many were drawn: fewer than were asked for if there are no more
     */
    public record Drawn(List<float[]> vectors, int users) {}

    /**
     * Draws users, the same ones again while nothing is written.
     *
     * @param client acts as the plugin
     * @param dimension of the feed's model
     */
    public static void draw(Client client, Feed feed, int dimension, int users, ActionListener<Drawn> listener) {
        QueryBuilder random = QueryBuilders.functionScoreQuery(
                        QueryBuilders.boolQuery().filter(UserVectors.ofModel(feed)),
                        new RandomScoreFunctionBuilder().seed(SEED).setField(SeqNoFieldMapper.NAME))
                .boostMode(CombineFunction.REPLACE);
        SearchSourceBuilder source = new SearchSourceBuilder()
                .query(random)
                .fetchSource(UserVectors.FIELDS)
                .trackTotalHits(false)
                .size(users);
        SearchRequest request = new SearchRequest(feed.users())
                .indicesOptions(IndicesOptions.LENIENT_EXPAND_OPEN)
                .allowPartialSearchResults(false)
                .source(source);
        client.search(request, ActionListener.map(listener, found -> drawn(found, feed, dimension)));
    }

    private static Drawn drawn(SearchResponse found, Feed feed, int dimension) {
        List<float[]> vectors = new ArrayList<>();
        for (SearchHit user : found.getHits()) {
            try {
                vectors.add(UserVectors.vector(user.getSourceAsMap(), feed, user.getId(), dimension));
            } catch (IllegalArgumentException e) {
                // Others can stand for a user without a vector that fits.
                continue;
            }
        }
        return new Drawn(vectors, found.getHits().getHits().length);
    }
}
