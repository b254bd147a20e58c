package org.opensearch.ralm.plugin.seeds;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.UserVectors;
import org.opensearch.transport.client.Client;

/** Reads the vectors of many users, a bounded number with each request. */
public final class UserVectorFetch {

    /** How many users one request asks for at most. */
    static final int USERS_A_REQUEST = 1_000;

    private final Client client;
    private final Feed feed;
    private final int dimension;

    /**
     * @param client acts as whoever reads the vectors
     * @param dimension the width they must have
     */
    public UserVectorFetch(Client client, Feed feed, int dimension) {
        this.client = client;
        this.feed = feed;
        this.dimension = dimension;
    }

    /**
     * What was found.
     *
     * @param byUser the vectors of the users who have one
     * @param faults what is wrong with the vectors of the others who have a document
     */
    public record Vectors(Map<String, float[]> byUser, Map<String, IllegalArgumentException> faults) {

        void requireFaultless(Collection<String> users) {
            if (faults.isEmpty()) {
                return;
            }
            for (String user : users) {
                if (faults.containsKey(user)) {
                    throw faults.get(user);
                }
            }
        }
    }

    /** Answers with the vectors of users. */
    public void fetch(Collection<String> users, ActionListener<Vectors> listener) {
        fetch(new ArrayList<>(users), 0, new Vectors(new HashMap<>(), new HashMap<>()), listener);
    }

    private void fetch(List<String> users, int from, Vectors found, ActionListener<Vectors> listener) {
        if (from >= users.size()) {
            listener.onResponse(found);
            return;
        }
        int to = Math.min(users.size(), from + USERS_A_REQUEST);
        MultiGetRequest request = new MultiGetRequest().preference("_local");
        for (String user : users.subList(from, to)) {
            request.add(new MultiGetRequest.Item(feed.users(), user).fetchSourceContext(UserVectors.FIELDS));
        }
        client.multiGet(
                request,
                ActionListener.wrap(
                        response -> {
                            for (MultiGetItemResponse item : response.getResponses()) {
                                take(item, found);
                            }
                            fetch(users, to, found, listener);
                        },
                        listener::onFailure));
    }

    private void take(MultiGetItemResponse item, Vectors found) throws Exception {
        if (item.isFailed()) {
            throw item.getFailure().getFailure();
        }
        if (item.getResponse().isExists()) {
            String user = item.getId();
            try {
                Map<String, Object> source = item.getResponse().getSourceAsMap();
                found.byUser().put(user, UserVectors.vector(source, feed, user, dimension));
            } catch (IllegalArgumentException e) {
                found.faults().put(user, e);
            }
        }
    }
}
