package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opensearch.ralm.artifact.UserVectors;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.trainer.live.LiveFeed;
import org.opensearch.ralm.trainer.publish.BulkLoader;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ModelPublisher;

/** A feed whose candidates c1, c2, … get their seeds, of the users u1, u2, …, by clicks alone. */
final class LiveTestFeed {
    static final int REFRESH_SECONDS = 5;

    private static final String MODEL = "faults-m1";
    private static final int SAMPLE_SIZE = 20_000;

    private final ClusterClient client;
    private final LiveFeed feed;
    private final TestModel model = TestModel.random(MODEL, 11);
    private final Map<String, float[]> users = new HashMap<>();
    private final int candidates;
    private final Path directory;

    /**
     * @param directory for the model's files
     */
    LiveTestFeed(ClusterClient client, Path directory, int users, int candidates) {
        this.client = client;
        this.feed = new LiveFeed(client, "faults", "faults-users");
        this.candidates = candidates;
        this.directory = directory;
        Random random = new Random(12);
        for (int user = 1; user <= users; user++) {
            this.users.put("u" + user, model.randomUser(random));
        }
    }

    /** The same feed as another cluster has it. */
    LiveTestFeed on(ClusterClient other) {
        return new LiveTestFeed(other, directory, users.size(), candidates);
    }

    /** Publishes the model and the users, defines the feed and indexes its candidates. */
    void create() throws IOException {
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            for (Map.Entry<String, float[]> user : users.entrySet()) {
                writer.write(user.getKey(), user.getValue());
            }
        }
        new ModelPublisher(client).uploadModel(model.artifact());
        createUsers();
        ObjectNode options = JsonNodeFactory.instance.objectNode();
        options.put("k", TestModel.CLUSTERS).put("min_seeds", 5).put("sample_size", SAMPLE_SIZE);
        options.put("refresh_interval", REFRESH_SECONDS + "s");
        feed.create(MODEL, options, 1);
        BulkLoader loader = new BulkLoader(client, feed.candidates(), () -> {});
        for (int candidate = 1; candidate <= candidates; candidate++) {
            loader.add("c" + candidate, JsonNodeFactory.instance.objectNode());
        }
        loader.flush();
    }

    LiveFeed live() {
        return feed;
    }

    /** Makes the users index and fills it. */
    void createUsers() throws IOException {
        new ModelPublisher(client).loadUsers(model.artifact().manifest(), directory, feed.users(), acknowledged -> {});
    }

    void deleteUsers() {
        client.request("DELETE", "/" + feed.users());
    }

    /** How many seeds all candidates together are said to have. */
    int countedSeeds() {
        int seeds = 0;
        for (JsonNode source : sources("ralm.seed_count").values()) {
            seeds += source.at("/ralm/seed_count").asInt();
        }
        return seeds;
    }

    /** Checks every stored block against the one that is made from scratch of the seeds in the books. */
    void assertBlocksAreThoseOf(SeedBooks books) {
        Map<String, JsonNode> sources = sources("ralm");
        books.seeds().forEach((candidate, seeds) -> {
            JsonNode ralm = sources.get(candidate).path("ralm");
            assertEquals(seeds.size(), ralm.path("seed_count").asInt(), candidate);
            SeedBlock stored = SeedBlockCodec.decode(
                    Base64.getDecoder().decode(ralm.path("seeds").asText()));
            SeedBlock expected = blockOf(candidate, seeds);
            assertEquals(expected.fingerprint(), stored.fingerprint(), candidate);
            assertArrayEquals(expected.clusters().sizes(), stored.clusters().sizes(), candidate);
            assertArrayEquals(expected.clusters().centroids(), stored.clusters().centroids(), 1e-6f, candidate);
            assertArrayEquals(expected.global(), stored.global(), 1e-6f, candidate);
        });
    }

    /** Checks what {@code _search} scores all candidates with, for some users, against the model library. */
    void assertScoresAreThoseOf(SeedBooks books, List<String> someUsers) {
        client.request("POST", "/" + feed.candidates() + "/_refresh");
        Map<String, SeedBlock> blocks = new HashMap<>();
        books.seeds().forEach((candidate, seeds) -> blocks.put(candidate, blockOf(candidate, seeds)));
        for (String user : someUsers) {
            Map<String, Double> scores = search(user);
            assertEquals(blocks.keySet(), scores.keySet(), user);
            blocks.forEach((candidate, block) -> {
                double expected =
                        (1 + model.lookalike().score(users.get(user), block).score()) / 2;
                assertEquals(expected, scores.get(candidate), 1e-5, () -> user + " and " + candidate);
            });
        }
    }

    private Map<String, Double> search(String user) {
        ObjectNode body =
                JsonNodeFactory.instance.objectNode().put("size", candidates).put("_source", false);
        body.putObject("query").putObject("ralm_score").put("feed", feed.name()).put("user_id", user);
        JsonNode answer = client.request("POST", "/" + feed.candidates() + "/_search", body);
        assertEquals(0, answer.at("/_shards/failed").asInt(), answer::toString);
        Map<String, Double> scores = new HashMap<>();
        for (JsonNode hit : answer.at("/hits/hits")) {
            scores.put(hit.path("_id").asText(), hit.path("_score").asDouble());
        }
        return scores;
    }

    private SeedBlock blockOf(String candidate, List<String> seeds) {
        SortedMap<String, float[]> vectors = new TreeMap<>();
        seeds.forEach(seed -> vectors.put(seed, users.get(seed)));
        CandidateClustering clustering = new CandidateClustering(TestModel.CLUSTERS, SAMPLE_SIZE);
        return model.lookalike().seedBlock(clustering.cluster(candidate, vectors));
    }

    /** What is stored of all candidates, as a realtime read sees it. */
    private Map<String, JsonNode> sources(String fields) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = body.putArray("ids");
        for (int candidate = 1; candidate <= candidates; candidate++) {
            ids.add("c" + candidate);
        }
        String path = "/" + feed.candidates() + "/_mget?_source_includes=" + fields;
        Map<String, JsonNode> sources = new HashMap<>();
        for (JsonNode document : client.request("POST", path, body).path("docs")) {
            sources.put(document.path("_id").asText(), document.path("_source"));
        }
        return sources;
    }
}
