package org.opensearch.ralm.integtest;

import java.util.Arrays;
import java.util.Random;

/** A feed for a client to be tried with: it is set up, has the users u1 to u20 and a model that knows their mean. */
record ClientFeed(Rest rest, String name) {
    private static final int USERS = 20;

    /** Sets a feed up. */
    static ClientFeed create(Rest rest, String name) {
        ClientFeed feed = new ClientFeed(rest, name);
        Random random = new Random(name.hashCode());
        TestModel model = TestModel.random(name + "-m1", name.hashCode()).withMeanUser();
        rest.put("/_plugins/_ralm/models/" + model.id(), model.upload().toString())
                .ok();
        rest.put(
                        "/_plugins/_ralm/feeds/" + name,
                        """
                        {"candidates": "%s", "clicks": "%s", "users": "%s-users", "model": "%s", "min_seeds": 3,
                         "refresh_interval": "1s"}"""
                                .formatted(name, feed.clicks(), name, model.id()))
                .ok();
        rest.post("/_plugins/_ralm/feeds/" + name + "/_setup", "{\"number_of_shards\": 1, \"number_of_replicas\": 0}")
                .ok();
        StringBuilder users = new StringBuilder();
        for (int user = 1; user <= USERS; user++) {
            users.append("{\"index\": {\"_id\": \"u%d\"}}\n".formatted(user));
            users.append("{\"model\": \"%s\", \"vector\": %s}\n"
                    .formatted(model.id(), Arrays.toString(model.randomUser(random))));
        }
        rest.post("/" + name + "-users/_bulk?refresh", users.toString()).ok();
        return feed;
    }

    /** The candidates index. */
    String candidates() {
        return name;
    }

    /** The clicks index. */
    String clicks() {
        return name + "-clicks";
    }
}
