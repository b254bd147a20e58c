package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/**
 * What the documentation takes for granted: a feed with its indices, two models, users u1, u2, … and candidates a1, a2,
 * … with clicks that have been counted.
 */
final class DocumentedFeed {
    private static final int USERS = 60;
    private static final int CANDIDATES = 20;

    private final Rest rest;
    private final String name;

    private DocumentedFeed(Rest rest, String name) {
        this.rest = rest;
        this.name = name;
    }

    /** Makes the feed {@code name} of candidates {@code name}, whose models are {@code name-1} and {@code name-2}. */
    static void create(Rest rest, String name, String userPrefix) {
        DocumentedFeed feed = new DocumentedFeed(rest, name);
        feed.publish(name + "-1", 1, userPrefix);
        feed.publish(name + "-2", 2, userPrefix);
        String path = "/_plugins/_ralm/feeds/" + name;
        rest.put(
                        path,
                        "{\"candidates\": \"%1$s\", \"clicks\": \"%1$s-clicks\", \"users\": \"%1$s-1-users\", \"model\": \"%1$s-1\"}"
                                .formatted(name))
                .ok();
        rest.post(path + "/_setup", "{\"number_of_replicas\": 0, \"recall\": true}")
                .ok();
        feed.bulk(name, candidates());
        feed.bulk(name + "-clicks", clicks(userPrefix));
        rest.post(path + "/_refresh?recluster=true", null).ok();
        rest.post("/" + name + "*/_refresh", null).ok();
    }

    private void publish(String id, int seed, String userPrefix) {
        TestModel model = TestModel.random(id, name.hashCode() + seed).withMeanUser();
        rest.put("/_plugins/_ralm/models/" + id, model.upload().toString()).ok();
        rest.put(
                        "/" + id + "-users",
                        """
                        {"settings": {"number_of_shards": 1, "number_of_replicas": 0, "index.knn": true},
                         "mappings": {"properties": {
                           "model": {"type": "keyword"}, "country": {"type": "keyword"},
                           "vector": {"type": "knn_vector", "dimension": %d, "method": {"name": "hnsw", "engine": "lucene"}}}}}
                        """
                                .formatted(TestModel.DIMENSION))
                .ok();
        StringBuilder lines = new StringBuilder();
        Random random = new Random(seed);
        for (int user = 1; user <= USERS; user++) {
            ObjectNode document =
                    JsonNodeFactory.instance.objectNode().put("model", id).put("country", "at");
            for (float value : model.randomUser(random)) {
                document.withArray("vector").add(value);
            }
            lines.append("{\"index\": {\"_id\": \"" + userPrefix + user + "\"}}\n")
                    .append(document)
                    .append('\n');
        }
        bulk(id + "-users", lines.toString());
    }

    private static String candidates() {
        StringBuilder lines = new StringBuilder();
        for (int candidate = 1; candidate <= CANDIDATES; candidate++) {
            lines.append("{\"index\": {\"_id\": \"a" + candidate + "\"}}\n")
                    .append("{\"title\": \"Article " + candidate + "\", \"lang\": \"en\"}\n");
        }
        return lines.toString();
    }

    private static String clicks(String userPrefix) {
        StringBuilder lines = new StringBuilder();
        for (int candidate = 1; candidate <= CANDIDATES; candidate++) {
            for (int click = 0; click < 10; click++) {
                int user = 1 + (candidate * 7 + click * 11) % USERS;
                lines.append("{\"index\": {}}\n")
                        .append("{\"candidate\": \"a" + candidate + "\", \"user\": \"" + userPrefix + user + "\"}\n");
            }
        }
        return lines.toString();
    }

    private void bulk(String index, String lines) {
        Rest.Answer answer = rest.post("/" + index + "/_bulk?refresh", lines).ok();
        if (answer.json().get("errors").asBoolean()) {
            throw new AssertionError("the bulk request has failures: " + answer);
        }
    }

    /** What is deleted so that the next page finds everything as it is described. */
    static void delete(Rest rest, String name) {
        rest.delete("/_plugins/_ralm/feeds/" + name + "/_rollout");
        rest.delete("/_plugins/_ralm/feeds/" + name);
        for (String index : List.of("", "-clicks", "-1-users", "-2-users")) {
            rest.delete("/" + name + index);
        }
        rest.delete("/_plugins/_ralm/models/" + name + "-1");
        rest.delete("/_plugins/_ralm/models/" + name + "-2");
    }
}
