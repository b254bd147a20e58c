package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.opensearch.ResourceNotFoundException;
import org.opensearch.action.DocWriteResponse;
import org.opensearch.action.delete.DeleteRequest;
import org.opensearch.action.get.GetRequest;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.support.WriteRequest.RefreshPolicy;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
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

    private static final int MAX_LISTED = 10_000;

    private final Client client;
    private final PluginIndex index;

    FeedRegistry(Client client, PluginIndex index) {
        this.client = client;
        this.index = index;
    }

    void put(Feed feed, ActionListener<WriteResponse> listener) {
        index.ensureExists(ActionListener.wrap(
                ready -> {
                    IndexRequest request = new IndexRequest(INDEX)
                            .id(feed.name())
                            .source(json(feed))
                            .setRefreshPolicy(RefreshPolicy.IMMEDIATE);
                    client.index(request, ActionListener.map(listener, response -> {
                        boolean created = response.getResult() == DocWriteResponse.Result.CREATED;
                        return new WriteResponse(feed.name(), created ? Result.CREATED : Result.UPDATED);
                    }));
                },
                listener::onFailure));
    }

    /** The feed of a name; fails with a 404 where there is none. */
    void get(String name, ActionListener<Feed> listener) {
        if (index.exists() == false) {
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

    /** The names of the feeds that use a model. */
    void namesByModel(String model, ActionListener<List<String>> listener) {
        search(QueryBuilders.termQuery("model", model), ActionListener.map(listener, feeds -> feeds.stream()
                .map(Feed::name)
                .toList()));
    }

    /** Removes a feed; fails with a 404 where there is none. */
    void delete(String name, ActionListener<WriteResponse> listener) {
        if (index.exists() == false) {
            listener.onFailure(unknown(name));
            return;
        }
        DeleteRequest request = new DeleteRequest(INDEX, name).setRefreshPolicy(RefreshPolicy.IMMEDIATE);
        client.delete(request, ActionListener.map(listener, response -> {
            if (response.status() == RestStatus.NOT_FOUND) {
                throw unknown(name);
            }
            return new WriteResponse(name, Result.DELETED);
        }));
    }

    private void search(QueryBuilder query, ActionListener<List<Feed>> listener) {
        if (index.exists() == false) {
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

    private static ResourceNotFoundException unknown(String name) {
        return new ResourceNotFoundException("feed [{}] does not exist", name);
    }
}
