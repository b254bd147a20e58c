package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;

/**
 * A feed with clicks as its author sets it up, who has the full access that is shipped and all rights on the indices
 * that begin with the feed's name. Candidates c1, c2, … were clicked by the users 1, 2, …, each by all before the last
 * so many; those with even numbers have the language en, the others de.
 */
final class SecuredFeed {
    static final int USERS = 20;
    static final int CANDIDATES = 6;

    private final String name;
    private final TestModel model;
    private final Map<String, float[]> users = new LinkedHashMap<>();
    private final Rest author;

    private SecuredFeed(SecuredServer server, String name) {
        this.name = name;
        this.model = TestModel.random(name + "-m1", name.hashCode());
        Random random = new Random(name.hashCode());
        for (int user = 1; user <= USERS; user++) {
            users.put(user(user), model.randomUser(random));
        }
        server.role(name + "-author", Role.of("cluster_composite_ops").with(name + "-*", "indices_all"));
        this.author = server.user(name + "-author", "ralm_full_access", name + "-author");
    }

    /** Sets a feed up and waits until the refresh has counted its clicks. */
    static SecuredFeed create(SecuredServer server, String name) {
        SecuredFeed feed = new SecuredFeed(server, name);
        feed.author
                .put(
                        "/_plugins/_ralm/models/" + feed.model.id(),
                        feed.model.upload().toString())
                .ok();
        feed.author.put("/_plugins/_ralm/feeds/" + name, feed.definition()).ok();
        feed.author.post("/_plugins/_ralm/feeds/" + name + "/_setup", null).ok();
        feed.load();
        feed.awaitCounted();
        return feed;
    }

    String name() {
        return name;
    }

    TestModel model() {
        return model;
    }

    Rest author() {
        return author;
    }

    String candidates() {
        return name + "-candidates";
    }

    String clicks() {
        return name + "-clicks";
    }

    String users() {
        return name + "-users";
    }

    Map<String, float[]> vectors() {
        return users;
    }

    /** The id of a user, which nothing else is called like. */
    String user(int number) {
        return name + "-person-" + number;
    }

    /** What the author says of the feed. */
    String definition() {
        return ("{\"candidates\": \"%s\", \"clicks\": \"%s\", \"users\": \"%s\", \"model\": \"%s\", \"k\": 3,"
                        + " \"min_seeds\": 1, \"refresh_interval\": \"1s\", \"recluster_interval\": \"1s\"}")
                .formatted(candidates(), clicks(), users(), model.id());
    }

    /** The query for the candidates that suit a user. */
    String score(String user) {
        return "{\"size\": 100, \"query\": {\"ralm_score\": {\"feed\": \"%s\", \"user_id\": \"%s\"}}}"
                .formatted(name, user);
    }

    /** The query for the users who are like a candidate's. */
    String audience(String candidate) {
        return "{\"size\": 100, \"query\": {\"ralm_audience\": {\"feed\": \"%s\", \"candidate\": \"%s\"}}}"
                .formatted(name, candidate);
    }

    /** The scores that a search of one index answers with, by id. */
    static Map<String, Double> search(Rest caller, String index, String body) {
        Map<String, Double> scores = new LinkedHashMap<>();
        JsonNode answer = caller.post("/" + index + "/_search", body).ok().json();
        if (answer.at("/_shards/failed").asInt() != 0) {
            throw new AssertionError("shards failed: " + answer);
        }
        for (JsonNode hit : answer.at("/hits/hits")) {
            scores.put(hit.get("_id").asText(), hit.get("_score").asDouble());
        }
        return scores;
    }

    /** The candidates among those of the feed that a condition is true of. */
    static List<String> candidates(Predicate<Integer> condition) {
        List<String> candidates = new ArrayList<>();
        for (int candidate = 1; candidate <= CANDIDATES; candidate++) {
            if (condition.test(candidate)) {
                candidates.add("c" + candidate);
            }
        }
        return candidates;
    }

    /** Waits until each candidate has all of its seeds, and thresholds. */
    private void awaitCounted() {
        Await.until(() -> {
            author.post("/" + candidates() + "/_refresh", null).ok();
            String counted = "{\"query\": {\"bool\": {\"filter\": [{\"range\": {\"ralm.seed_count\": {\"gte\": %d}}},"
                    + " {\"exists\": {\"field\": \"ralm.top_5_percent_score\"}}]}}}";
            JsonNode answer = author.post("/" + candidates() + "/_count", counted.formatted(USERS - CANDIDATES))
                    .ok()
                    .json();
            return answer.get("count").asInt() == CANDIDATES ? null : "counted so far: " + answer;
        });
    }

    private void load() {
        List<ObjectNode> lines = new ArrayList<>();
        users.forEach((id, vector) -> {
            ObjectNode document = JsonNodeFactory.instance.objectNode().put("model", model.id());
            for (float value : vector) {
                document.withArray("vector").add(value);
            }
            add(lines, id, document);
        });
        bulk(users(), lines);
        lines.clear();
        for (int candidate = 1; candidate <= CANDIDATES; candidate++) {
            String language = candidate % 2 == 0 ? "en" : "de";
            add(lines, "c" + candidate, JsonNodeFactory.instance.objectNode().put("lang", language));
        }
        bulk(candidates(), lines);
        lines.clear();
        for (int candidate = 1; candidate <= CANDIDATES; candidate++) {
            for (int user = 1; user <= USERS - candidate; user++) {
                add(
                        lines,
                        null,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("candidate", "c" + candidate)
                                .put("user", user(user)));
            }
        }
        bulk(clicks(), lines);
    }

    private static void add(List<ObjectNode> lines, String id, ObjectNode document) {
        ObjectNode action = JsonNodeFactory.instance.objectNode();
        ObjectNode index = action.putObject("index");
        if (id != null) {
            index.put("_id", id);
        }
        lines.add(action);
        lines.add(document);
    }

    private void bulk(String index, List<ObjectNode> lines) {
        StringBuilder body = new StringBuilder();
        lines.forEach(line -> body.append(line).append('\n'));
        JsonNode answer = author.post("/" + index + "/_bulk?refresh", body.toString())
                .ok()
                .json();
        if (answer.get("errors").asBoolean()) {
            throw new AssertionError("the bulk request has failures: " + answer);
        }
    }
}
