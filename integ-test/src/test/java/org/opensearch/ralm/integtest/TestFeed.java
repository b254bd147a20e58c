package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.lookalike.Similarity;

/**
 * A feed as a backend sets it up: model, users, candidates behind the {@code ralm_seeds} processor. Its candidates c1,
 * c2, … have 1, 2, … seeds of the users u1, u2, …, and the model library says what their scores must be.
 */
final class TestFeed {
    static final int USERS = 40;
    static final int CANDIDATES = 12;

    private static final String USERS_INDEX =
            """
            {"settings": {"number_of_shards": 1, "number_of_replicas": 0, "index.knn": true},
             "mappings": {"dynamic": "strict", "properties": {
               "model": {"type": "keyword"},
               "vector": {"type": "knn_vector", "dimension": %d, "method": {"name": "hnsw", "engine": "lucene"}}}}}
            """;
    private static final String CANDIDATES_INDEX =
            """
            {"settings": {"number_of_shards": 2, "number_of_replicas": 0, "index.default_pipeline": "%s"},
             "mappings": {"dynamic": "strict", "properties": {
               "lang": {"type": "keyword"},
               "seed_users": {"type": "keyword", "index": false, "doc_values": false},
               "ralm": {"properties": {
                 "seeds": {"type": "ralm_seeds", "dimension": %d},
                 "seed_count": {"type": "integer"}, "cluster_sizes": {"type": "integer"},
                 "state": {"type": "keyword"}, "model": {"type": "keyword"}, "refreshed_at": {"type": "date"},
                 "unknown_users": {"type": "integer"}}}}}}
            """;

    private final Rest rest;
    private final String name;
    private final TestModel model;
    private final Map<String, float[]> users = new LinkedHashMap<>();

    private TestFeed(Rest rest, String name) {
        this.rest = rest;
        this.name = name;
        this.model = TestModel.random(name + "-m1", name.hashCode());
        Random random = new Random(name.hashCode());
        for (int user = 1; user <= USERS; user++) {
            users.put("u" + user, model.randomUser(random));
        }
    }

    /** Sets a feed up; its indices, model and pipeline begin with the feed's name. */
    static TestFeed create(Rest rest, String name) {
        TestFeed feed = define(rest, name);
        rest.put("/_ingest/pipeline/" + name, "{\"processors\": [{\"ralm_seeds\": {\"feed\": \"" + name + "\"}}]}")
                .ok();
        rest.put("/" + feed.candidates(), CANDIDATES_INDEX.formatted(name, TestModel.DIMENSION))
                .ok();
        feed.loadCandidates();
        return feed;
    }

    /** The same, its candidates index and pipeline made by {@code _setup} with a body. */
    static TestFeed createBySetup(Rest rest, String name, String setup) {
        TestFeed feed = define(rest, name);
        rest.post("/_plugins/_ralm/feeds/" + name + "/_setup", setup).ok();
        feed.loadCandidates();
        return feed;
    }

    private static TestFeed define(Rest rest, String name) {
        TestFeed feed = new TestFeed(rest, name);
        rest.put(
                        "/_plugins/_ralm/models/" + feed.model.id(),
                        feed.model.upload().toString())
                .ok();
        feed.loadUsers();
        rest.put(
                        "/_plugins/_ralm/feeds/" + name,
                        "{\"candidates\": \"%s\", \"users\": \"%s\", \"model\": \"%s\", \"k\": %d}"
                                .formatted(feed.candidates(), feed.users(), feed.model.id(), TestModel.CLUSTERS))
                .ok();
        return feed;
    }

    String name() {
        return name;
    }

    TestModel model() {
        return model;
    }

    /** The candidates index. */
    String candidates() {
        return name + "-candidates";
    }

    /** The users index. */
    String users() {
        return name + "-users";
    }

    float[] user(String id) {
        return users.get(id);
    }

    /** The seeds that a candidate was indexed with. */
    static List<String> seedsOf(int candidate) {
        // 7 and the number of users have no common divisor: no user comes twice.
        return IntStream.range(0, candidate)
                .mapToObj(seed -> "u" + (1 + (candidate * 5 + seed * 7) % USERS))
                .toList();
    }

    /** What the model library says of a user and a candidate with these seeds. */
    Similarity similarity(String user, String candidate, List<String> seeds) {
        return model.lookalike().score(user(user), blockOf(candidate, seeds));
    }

    /** The seed block that the model library makes of a candidate's seeds. */
    SeedBlock blockOf(String candidate, List<String> seeds) {
        SortedMap<String, float[]> vectors = new TreeMap<>();
        seeds.forEach(seed -> vectors.put(seed, user(seed)));
        CandidateClustering clustering = new CandidateClustering(TestModel.CLUSTERS, CandidateClustering.SAMPLE_SIZE);
        return model.lookalike().seedBlock(clustering.cluster(candidate, vectors));
    }

    /** The query for a user of this feed. */
    static String query(String feed, String user) {
        return "{\"ralm_score\": {\"feed\": \"%s\", \"user_id\": \"%s\"}}".formatted(feed, user);
    }

    /** The scores of all candidates that a query finds, by id. */
    Map<String, Double> search(String query) {
        JsonNode answer = rest.post(
                        "/" + candidates() + "/_search",
                        "{\"size\": 100, \"_source\": false, \"query\": " + query + "}")
                .ok()
                .json();
        if (answer.at("/_shards/failed").asInt() != 0) {
            throw new AssertionError("shards failed: " + answer);
        }
        Map<String, Double> scores = new LinkedHashMap<>();
        for (JsonNode hit : answer.at("/hits/hits")) {
            scores.put(hit.get("_id").asText(), hit.get("_score").asDouble());
        }
        return scores;
    }

    /** The document of a candidate as it is stored. */
    JsonNode candidate(String id) {
        return rest.get("/" + candidates() + "/_doc/" + id).ok().json().get("_source");
    }

    /** The seed block of a candidate as it is stored. */
    SeedBlock storedBlock(String id) {
        String base64 = candidate(id).at("/ralm/seeds").asText();
        return SeedBlockCodec.decode(Base64.getDecoder().decode(base64));
    }

    private void loadUsers() {
        rest.put("/" + users(), USERS_INDEX.formatted(TestModel.DIMENSION)).ok();
        List<ObjectNode> lines = new ArrayList<>();
        users.forEach((id, vector) -> {
            lines.add(index(id));
            ObjectNode document = JsonNodeFactory.instance.objectNode().put("model", model.id());
            for (float value : vector) {
                document.withArray("vector").add(value);
            }
            lines.add(document);
        });
        bulk(users(), lines);
    }

    private void loadCandidates() {
        List<ObjectNode> lines = new ArrayList<>();
        for (int candidate = 1; candidate <= CANDIDATES; candidate++) {
            lines.add(index("c" + candidate));
            ObjectNode document = JsonNodeFactory.instance.objectNode().put("lang", candidate % 2 == 0 ? "en" : "de");
            seedsOf(candidate).forEach(document.withArray("seed_users")::add);
            lines.add(document);
        }
        bulk(candidates(), lines);
    }

    private static ObjectNode index(String id) {
        ObjectNode action = JsonNodeFactory.instance.objectNode();
        action.putObject("index").put("_id", id);
        return action;
    }

    private void bulk(String index, List<ObjectNode> lines) {
        StringBuilder body = new StringBuilder();
        lines.forEach(line -> body.append(line).append('\n'));
        JsonNode answer =
                rest.post("/" + index + "/_bulk?refresh", body.toString()).ok().json();
        if (answer.get("errors").asBoolean()) {
            throw new AssertionError("the bulk request has failures: " + answer);
        }
    }
}
