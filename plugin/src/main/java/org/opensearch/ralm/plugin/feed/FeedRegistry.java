package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchStatusException;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.DocWriteRequest.OpType;
import org.opensearch.action.delete.DeleteRequest;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.Nullable;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.index.engine.VersionConflictEngineException;
import org.opensearch.index.query.QueryBuilder;
import org.opensearch.index.query.QueryBuilders;
import org.opensearch.ralm.plugin.system.PluginIndex;
import org.opensearch.ralm.plugin.system.WriteResponse;
import org.opensearch.ralm.plugin.system.WriteResponse.Result;
import org.opensearch.search.SearchHit;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.search.sort.SortOrder;
import org.opensearch.transport.client.Client;

/** The feeds in their system index. */
final class FeedRegistry {

    /** The index the feeds lie in. */
    static final String INDEX = ".plugins-ralm-feeds";

    /** As many as one search answers with. */
    static final int MAX_LISTED = 10_000;

    private static final int MOST_ATTEMPTS = 5;

    private final Client client;
    private final PluginIndex index;

    /**
     * What was written.
     *
     * @param before the feed as it was; null if there was none
     * @param feed the feed as it is now
     */
    record Written(@Nullable Feed before, Feed feed) {}

    FeedRegistry(Client client, PluginIndex index) {
        this.client = client;
        this.index = index;
    }

    /**
     * Changes a feed as it is at the moment, or makes it; never over a change that somebody else makes meanwhile.
     *
     * @param change what becomes of the feed, which is null where there is none; called again after such a change
     */
    void update(String name, UnaryOperator<Feed> change, ActionListener<Written> listener) {
        index.ensureExists(
                ActionListener.wrap(ready -> update(name, change, MOST_ATTEMPTS, listener), listener::onFailure));
    }

    private void update(String name, UnaryOperator<Feed> change, int attempts, ActionListener<Written> listener) {
        ActionListener<Written> orAgain = ActionListener.wrap(listener::onResponse, e -> {
            boolean conflict = ExceptionsHelper.unwrapCause(e) instanceof VersionConflictEngineException;
            if (conflict && attempts > 1) {
                update(name, change, attempts - 1, listener);
            } else {
                listener.onFailure(e);
            }
        });
        client.get(
                new GetRequest(INDEX, name),
                ActionListener.wrap(found -> write(name, found, change, orAgain), orAgain::onFailure));
    }

    private void write(String name, GetResponse found, UnaryOperator<Feed> change, ActionListener<Written> listener)
            throws IOException {
        Feed before = found.isExists() ? Feed.ofSource(found.getSourceAsMap()) : null;
        Feed feed = change.apply(before);
        IndexRequest request =
                new IndexRequest(INDEX).id(name).source(json(feed)).setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        if (found.isExists()) {
            request.setIfSeqNo(found.getSeqNo()).setIfPrimaryTerm(found.getPrimaryTerm());
        } else {
            request.opType(OpType.CREATE);
        }
        client.index(request, ActionListener.map(listener, written -> new Written(before, feed)));
    }

    /** The feed of a name; fails with a 404 where there is none. */
    void get(String name, ActionListener<Feed> listener) {
        if (index.isMissing()) {
            listener.onFailure(unknown(name));
            return;
        }
        client.get(new GetRequest(INDEX, name), ActionListener.map(listener, (GetResponse response) -> {
            if (response.isExists() == false) {
                throw unknown(name);
            }
            return Feed.ofSource(response.getSourceAsMap());
        }));
    }

    /** All feeds, by name. */
    void list(ActionListener<List<Feed>> listener) {
        search(QueryBuilders.matchAllQuery(), listener);
    }

    /** The names of the feeds that use a model, in either slot. */
    void namesByModel(String model, ActionListener<List<String>> listener) {
        QueryBuilder named = QueryBuilders.boolQuery()
                .should(QueryBuilders.termQuery("model", model))
                .should(QueryBuilders.termQuery("rollout.model", model));
        search(named, ActionListener.map(listener, feeds -> feeds.stream()
                .filter(feed -> feed.model().equals(model)
                        || feed.beside()
                                .filter(other -> other.model().equals(model))
                                .isPresent())
                .map(Feed::name)
                .toList()));
    }

    /** Removes a feed; fails with a 404 where there is none, and with a 409 while another model is prepared for it. */
    void delete(String name, ActionListener<WriteResponse> listener) {
        if (index.isMissing()) {
            listener.onFailure(unknown(name));
            return;
        }
        client.get(
                new GetRequest(INDEX, name),
                ActionListener.wrap(found -> delete(name, found, listener), listener::onFailure));
    }

    private void delete(String name, GetResponse found, ActionListener<WriteResponse> listener) {
        if (found.isExists() == false) {
            throw unknown(name);
        }
        Feed feed = Feed.ofSource(found.getSourceAsMap());
        if (feed.isPreparing()) {
            throw new OpenSearchStatusException(
                    "feed [{}] is being prepared for model [{}] and cannot be deleted; cancel that first, by DELETE of "
                            + "its [_rollout]",
                    RestStatus.CONFLICT,
                    name,
                    feed.rollout().model());
        }
        DeleteRequest request = new DeleteRequest(INDEX, name)
                .setIfSeqNo(found.getSeqNo())
                .setIfPrimaryTerm(found.getPrimaryTerm())
                .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        client.delete(request, ActionListener.map(listener, deleted -> new WriteResponse(name, Result.DELETED)));
    }

    private void search(QueryBuilder query, ActionListener<List<Feed>> listener) {
        if (index.isMissing()) {
            listener.onResponse(List.of());
            return;
        }
        SearchSourceBuilder source = new SearchSourceBuilder()
                .query(query)
                .sort("feed", SortOrder.ASC)
                .size(MAX_LISTED);
        // Half a list would look like feeds that were deleted.
        SearchRequest request = new SearchRequest(INDEX).source(source).allowPartialSearchResults(false);
        client.search(request, ActionListener.map(listener, response -> {
            List<Feed> feeds = new ArrayList<>();
            for (SearchHit hit : response.getHits()) {
                feeds.add(Feed.ofSource(hit.getSourceAsMap()));
            }
            return feeds;
        }));
    }

    private static XContentBuilder json(Feed feed) throws IOException {
        return feed.toXContent(XContentFactory.jsonBuilder(), ToXContent.EMPTY_PARAMS);
    }

    static ResourceNotFoundException unknown(String name) {
        return new ResourceNotFoundException("feed [{}] does not exist", name);
    }
}
