package org.opensearch.ralm.plugin.click;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.action.ActionRunnable;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.action.get.MultiGetResponse;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.IndexMapping;
import org.opensearch.ralm.plugin.feed.Refusal;
import org.opensearch.ralm.plugin.feed.UserVectors;
import org.opensearch.ralm.plugin.system.Reservation;

/**
 * Gives the clicks of a batch their vectors of one model: those of users in the cache at once, the others by at most one
 * request. One thread at a time works here.
 */
final class ClickVectors {

    private final ClickIngest ingest;
    private final Feed feed;
    private final Answer answer;
    private final Map<String, List<ClickWrite>> waiting = new LinkedHashMap<>();
    private int dimension;
    private UserVectorCache.Scope scope;

    /** Takes what was found of the user of some clicks. */
    interface Answer {
        /**
         * @param vector as it is written; null if the user has none, or cannot be read just now
         * @param refusal why the caller must not read it; null if that is not so
         */
        void take(ClickWrite click, String vector, Exception refusal);
    }

    /**
     * @param feed whose model it is
     */
    ClickVectors(ClickIngest ingest, Feed feed, Answer answer) {
        this.ingest = ingest;
        this.feed = feed;
        this.answer = answer;
    }

    /** Answers when all clicks have been told. */
    void find(String caller, List<ClickWrite> clicks, ActionListener<Void> listener) {
        ingest.models()
                .accept(
                        feed.model(),
                        ActionListener.wrap(model -> find(caller, clicks, model, listener), listener::onFailure));
    }

    private void find(String caller, List<ClickWrite> clicks, LookalikeModel model, ActionListener<Void> listener) {
        dimension = model.dimension();
        String users = IndexMapping.identity(ingest.metadata().get(), feed.users());
        scope = new UserVectorCache.Scope(caller, users, feed.model());
        for (ClickWrite click : clicks) {
            String vector = ingest.vectors().get(scope, click.user());
            if (vector == null) {
                waiting.computeIfAbsent(click.user(), missing -> new ArrayList<>(1))
                        .add(click);
            } else {
                answer.take(click, vector, null);
            }
        }
        fetch(listener);
    }

    private void fetch(ActionListener<Void> listener) {
        if (waiting.isEmpty()) {
            listener.onResponse(null);
            return;
        }
        Reservation room =
                ingest.memory().reserve(UserVectors.bytes(waiting.size(), dimension, waiting.size()), "ralm_clicks");
        ActionListener<Void> released = ActionListener.runBefore(listener, room::close);
        MultiGetRequest request = new MultiGetRequest().preference("_local");
        for (String user : waiting.keySet()) {
            request.add(new MultiGetRequest.Item(feed.users(), user).fetchSourceContext(UserVectors.FIELDS));
        }
        ingest.client()
                .multiGet(
                        request,
                        ActionListener.wrap(
                                response ->
                                        ingest.executor().execute(ActionRunnable.run(released, () -> take(response))),
                                e -> {
                                    waiting.values().forEach(clicks -> tell(clicks, null, e));
                                    released.onResponse(null);
                                }));
    }

    private void take(MultiGetResponse response) {
        for (MultiGetItemResponse item : response.getResponses()) {
            List<ClickWrite> clicks = waiting.get(item.getId());
            if (item.isFailed()) {
                tell(clicks, null, item.getFailure().getFailure());
            } else {
                tell(clicks, vector(item), null);
            }
        }
    }

    private void tell(List<ClickWrite> clicks, String vector, Exception failure) {
        Exception refusal = failure != null && Refusal.is(failure) ? failure : null;
        clicks.forEach(click -> answer.take(click, vector, refusal));
    }

    /** The vector as it is written; null if the user has none that fits. */
    private String vector(MultiGetItemResponse item) {
        if (item.getResponse().isExists() == false) {
            return null;
        }
        String user = item.getId();
        try {
            String vector =
                    ClickFields.encoded(UserVectors.vector(item.getResponse().getSourceAsMap(), feed, user, dimension));
            ingest.vectors().put(scope, user, vector);
            return vector;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
