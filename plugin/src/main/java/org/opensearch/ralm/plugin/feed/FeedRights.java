package org.opensearch.ralm.plugin.feed;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.opensearch.ExceptionsHelper;
import org.opensearch.OpenSearchSecurityException;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.search.SearchRequest;
import org.opensearch.action.update.UpdateRequest;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.common.UUIDs;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.search.builder.SearchSourceBuilder;
import org.opensearch.transport.client.Client;

/**
 * Finds out whether a caller may do with the indices of a feed what the plugin will do with them on its own afterwards:
 * read all of them, and write candidates and clicks.
 *
 * <p>It is tried, as the caller: by a search for nothing, and by an update of a document that does not exist, which
 * writes nothing; where there is no index yet, by writing to an alias of its name only, which is not there either. The
 * security plugin refuses updates, and profiles of searches, to those who must not see all documents and fields: they
 * would see more by way of the feed.
 */
public final class FeedRights {

    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(10);

    private final Client client;

    /**
     * @param client acts as the caller
     */
    public FeedRights(Client client) {
        this.client = client;
    }

    /** Answers if the caller may; otherwise fails with what the caller was refused with. */
    public void check(Feed feed, Metadata metadata, ActionListener<Void> listener) {
        Deque<Consumer<ActionListener<Void>>> trials = new ArrayDeque<>();
        for (String index : written(feed)) {
            boolean exists = IndexMapping.exists(metadata, index);
            trials.add(next -> read(index, next));
            trials.add(next -> {
                if (exists) {
                    update(index, next);
                } else {
                    writeToAlias(index, next);
                }
            });
        }
        trials.add(next -> read(feed.users(), next));
        tryNext(trials, listener);
    }

    private static List<String> written(Feed feed) {
        return feed.hasClicks() ? List.of(feed.candidates(), feed.clicks()) : List.of(feed.candidates());
    }

    private static void tryNext(Deque<Consumer<ActionListener<Void>>> trials, ActionListener<Void> listener) {
        if (trials.isEmpty()) {
            listener.onResponse(null);
        } else {
            trials.remove().accept(ActionListener.wrap(allowed -> tryNext(trials, listener), listener::onFailure));
        }
    }

    private void read(String index, ActionListener<Void> listener) {
        SearchSourceBuilder nothing =
                new SearchSourceBuilder().size(0).trackTotalHits(false).profile(true);
        client.search(new SearchRequest(index).source(nothing), unlessRefused(index, listener));
    }

    private void update(String index, ActionListener<Void> listener) {
        String nobody = UUIDs.randomBase64UUID();
        UpdateRequest request =
                new UpdateRequest(index, nobody).routing(nobody).doc(Map.of()).timeout(TIMEOUT);
        client.update(request, unlessRefused(index, listener));
    }

    private void writeToAlias(String index, ActionListener<Void> listener) {
        IndexRequest request =
                new IndexRequest(index).setRequireAlias(true).source(Map.of()).timeout(TIMEOUT);
        client.index(request, unlessRefused(index, listener));
    }

    /** That there is no such document, or that a shard is away just now, is not for lack of rights. */
    private static <T> ActionListener<T> unlessRefused(String index, ActionListener<Void> listener) {
        return ActionListener.wrap(answer -> listener.onResponse(null), e -> {
            if (Refusal.is(e)) {
                listener.onFailure(e);
            } else if (ExceptionsHelper.unwrap(e, OpenSearchSecurityException.class) != null) {
                listener.onFailure(new OpenSearchSecurityException(
                        "a feed needs all documents and fields of [" + index + "], but its author may not see all",
                        RestStatus.FORBIDDEN,
                        e));
            } else {
                listener.onResponse(null);
            }
        });
    }
}
