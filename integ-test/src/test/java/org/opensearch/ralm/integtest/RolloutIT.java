package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;

/**
 * Users click, candidates are written and searches go on while a feed goes over to another model, one that was made
 * without the trainer, back, and over again. Every answer is scored again, by the model library.
 */
@ExtendWith(SharedCluster.class)
class RolloutIT {
    private static final String FEED = "/_plugins/_ralm/feeds/rollout";
    private static final int USERS = 300;
    private static final int CANDIDATES = 40;
    private static final int SEARCHES_EACH_WAY = 40;

    private final Map<String, Served> models = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();
    private final AtomicInteger searches = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    /** A model and its users' vectors. */
    private record Served(LookalikeModel model, float[][] users, String object) {}

    private Served publish(Rest rest, String id, String upload, LookalikeModel model, String object) {
        rest.put("/_plugins/_ralm/models/" + id, upload).ok();
        Random random = new Random(id.hashCode());
        float[][] users = new float[USERS][];
        StringBuilder bulk = new StringBuilder();
        for (int u = 0; u < USERS; u++) {
            float[] values = new float[model.manifest().universalDimension()];
            for (int d = 0; d < values.length; d++) {
                values[d] = (float) random.nextGaussian();
            }
            users[u] = model.transform(values);
            bulk.append("{\"index\": {\"_id\": \"u")
                    .append(u)
                    .append("\"}}\n{\"model\": \"")
                    .append(id);
            bulk.append("\", \"vector\": ").append(Arrays.toString(users[u])).append("}\n");
        }
        rest.put(
                        "/rollout-users-" + id,
                        """
                        {"settings": {"number_of_replicas": 0},
                         "mappings": {"properties": {"model": {"type": "keyword"}, "vector": {"type": "float"}}}}""")
                .ok();
        assertFalse(rest.post("/rollout-users-" + id + "/_bulk?refresh=true", bulk.toString())
                .ok()
                .json()
                .path("errors")
                .asBoolean());
        return new Served(model, users, object);
    }

    @Test
    void noSearchFailsOrMixesModelsOrIsScoredWrongWhileTheModelChanges(Rest rest) throws Exception {
        TestModel first = TestModel.random("rollout-m1", 21);
        HandmadeModel second = new HandmadeModel("rollout-m2", 22);
        LookalikeModel handmade = new LookalikeModel(ModelArtifact.parse(second.manifest(), second.weights()));
        models.put("rollout-m1", publish(rest, "rollout-m1", first.upload().toString(), first.lookalike(), "ralm"));
        models.put("rollout-m2", publish(rest, "rollout-m2", second.upload(), handmade, "ralm_2"));
        rest.put(
                        FEED,
                        """
                        {"candidates": "rollout-news", "clicks": "rollout-clicks", "users": "rollout-users-rollout-m1",
                         "model": "rollout-m1", "k": 3, "min_seeds": 1, "refresh_interval": "1s", "exposure_sample": 50}""")
                .ok();
        rest.post(FEED + "/_setup", "{\"number_of_shards\": 3, \"number_of_replicas\": 0}")
                .ok();
        for (int c = 0; c < CANDIDATES; c++) {
            writeCandidate(rest, c);
        }
        click(rest, new Random(1), 2_000);
        rest.post(FEED + "/_refresh", null).ok();
        rest.post("/rollout-news/_refresh", null).ok();

        List<CompletableFuture<Void>> load = new ArrayList<>();
        load.add(CompletableFuture.runAsync(() -> repeat(random -> search(rest, random), 2)));
        load.add(CompletableFuture.runAsync(() -> repeat(random -> search(rest, random), 3)));
        load.add(CompletableFuture.runAsync(() -> repeat(random -> click(rest, random, 50), 4)));
        load.add(CompletableFuture.runAsync(
                () -> repeat(random -> writeCandidate(rest, random.nextInt(CANDIDATES)), 5)));
        try {
            changeModels(rest, load);
        } finally {
            over.set(true);
            load.forEach(CompletableFuture::join);
        }
        assertEquals(Set.of("rollout-m1", "rollout-m2"), seen);
        rest.delete(FEED + "/_rollout").ok();
        await(rest, load, "/beside/state", "pruned");
        rest.delete(FEED).ok();
    }

    private void changeModels(Rest rest, List<CompletableFuture<Void>> load) {
        String body = "{\"model\": \"rollout-m2\", \"users\": \"rollout-users-rollout-m2\"}";
        awaitSearches(load);
        rest.post(FEED + "/_activate", body).ok();
        await(rest, load, "/state", "active");
        awaitSearches(load);
        rest.post(FEED + "/_rollback", null).ok();
        awaitSearches(load);
        rest.post(FEED + "/_activate", body).ok();
        await(rest, load, "/state", "active");
        awaitSearches(load);
    }

    private void awaitSearches(List<CompletableFuture<Void>> load) {
        int enough = searches.get() + SEARCHES_EACH_WAY;
        Await.until(() -> {
            requireRunning(load);
            return searches.get() >= enough ? null : "fewer searches than " + enough;
        });
    }

    private static void await(Rest rest, List<CompletableFuture<Void>> load, String pointer, String value) {
        Await.until(() -> {
            requireRunning(load);
            JsonNode rollout = rest.get(FEED + "/_rollout").ok().json();
            return rollout.at(pointer).asText().equals(value) ? null : rollout.toString();
        });
    }

    private static void requireRunning(List<CompletableFuture<Void>> load) {
        load.stream().filter(CompletableFuture::isCompletedExceptionally).forEach(CompletableFuture::join);
    }

    private interface Step {
        void run(Random random);
    }

    private void repeat(Step step, long seed) {
        for (Random random = new Random(seed); over.get() == false; ) {
            step.run(random);
        }
    }

    private static void writeCandidate(Rest rest, int candidate) {
        String seeds = "[\"u" + candidate + "\", \"u" + (candidate + 1) + "\"]";
        Rest.Answer answer = rest.put("/rollout-news/_doc/c" + candidate, "{\"seed_users\": " + seeds + "}");
        // Whoever writes a candidate that the refresh writes meanwhile is to send it again.
        assertTrue(List.of(200, 201, 409).contains(answer.status()), answer::toString);
    }

    private static void click(Rest rest, Random random, int count) {
        StringBuilder bulk = new StringBuilder();
        for (int i = 0; i < count; i++) {
            bulk.append("{\"index\": {}}\n{\"candidate\": \"c")
                    .append(random.nextInt(CANDIDATES))
                    .append("\", \"user\": \"u")
                    .append(random.nextInt(USERS))
                    .append("\"}\n");
        }
        JsonNode answer =
                rest.post("/rollout-clicks/_bulk", bulk.toString()).ok().json();
        assertFalse(answer.path("errors").asBoolean(), answer::toString);
    }

    private void search(Rest rest, Random random) {
        int user = random.nextInt(USERS);
        JsonNode answer = rest.post(
                        "/rollout-news/_search",
                        """
                        {"size": 100, "_source": ["ralm.seeds", "ralm_2.seeds"], "ext": {"ralm_log": {}},
                         "query": {"ralm_score": {"feed": "rollout", "user_id": "u%s"}}}"""
                                .formatted(user))
                .ok()
                .json();
        assertEquals(0, answer.at("/_shards/failed").asInt(), answer::toString);
        assertEquals(CANDIDATES, answer.at("/hits/hits").size());
        Set<String> used = new TreeSet<>();
        for (JsonNode hit : answer.at("/hits/hits")) {
            String id = hit.at("/fields/ralm_log/0/model").asText();
            used.add(id);
            Served served = models.get(id);
            assertNotNull(served, hit::toString);
            SeedBlock block = SeedBlockCodec.decode(Base64.getDecoder()
                    .decode(hit.at("/_source/" + served.object() + "/seeds").asText()));
            assertEquals(served.model().fingerprint(), block.fingerprint());
            double score = served.model().score(served.users()[user], block).score();
            assertEquals((1 + score) / 2, hit.path("_score").asDouble(), 1e-5, hit::toString);
        }
        assertEquals(1, used.size(), used::toString);
        seen.addAll(used);
        searches.incrementAndGet();
    }
}
