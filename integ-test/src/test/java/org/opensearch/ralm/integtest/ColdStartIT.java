package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.CandidateClustering;

/** What nobody has clicked yet is found by what is known of it, until it has seeds of its own. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ColdStartIT {
    private static final String FEED = "coldstart";
    private static final int MIN_SEEDS = 3;
    private static final double TOLERANCE = 1e-5;

    private final TestModel model = TestModel.random("coldstart-m1", 7).withContent("category", "tags");
    private final SortedMap<String, float[]> users = new TreeMap<>();
    private Rest rest;

    @BeforeAll
    void setUp(Rest shared) {
        rest = shared;
        rest.put("/_plugins/_ralm/models/" + model.id(), model.upload().toString())
                .ok();
        rest.put(
                        "/_plugins/_ralm/feeds/" + FEED,
                        """
                        {"candidates": "coldstart", "clicks": "coldstart-clicks", "users": "coldstart-users",
                         "model": "%s", "min_seeds": %d, "content_fields": ["category", "tags"],
                         "refresh_interval": "1s"}"""
                                .formatted(model.id(), MIN_SEEDS))
                .ok();
        rest.post("/_plugins/_ralm/feeds/" + FEED + "/_setup", "{\"number_of_shards\": 1, \"number_of_replicas\": 0}")
                .ok();
        Random random = new Random(3);
        for (int user = 1; user <= 5; user++) {
            users.put("u" + user, model.randomUser(random));
            rest.put(
                            "/coldstart-users/_doc/u" + user,
                            "{\"model\": \"%s\", \"vector\": %s}"
                                    .formatted(model.id(), Arrays.toString(users.get("u" + user))))
                    .ok();
        }
    }

    @Test
    void aNewCandidateIsScoredByItsContentUntilItHasSeedsEnough() {
        rest.put("/coldstart/_doc/new", "{\"category\": \"pets\", \"tags\": [\"cats\", \"dogs\"]}")
                .ok();
        SeedBlock pseudo = model.lookalike()
                .pseudoSeedBlock(Map.of("category", List.of("pets"), "tags", List.of("cats", "dogs")))
                .orElseThrow();
        assertSeeds("content", 0, "new");
        assertEquals(pseudo, storedBlock("new"));
        assertScored("new", pseudo);

        List<String> clicking = List.of("u2", "u3", "u5");
        for (String user : clicking.subList(0, MIN_SEEDS - 1)) {
            click("new", user);
        }
        awaitSeeds("content", MIN_SEEDS - 1, "new");
        assertScored("new", pseudo);

        click("new", clicking.getLast());
        awaitSeeds("warm", MIN_SEEDS, "new");
        SortedMap<String, float[]> seeds = new TreeMap<>(users);
        seeds.keySet().retainAll(clicking);
        CandidateClustering clustering = new CandidateClustering(TestModel.CLUSTERS, CandidateClustering.SAMPLE_SIZE);
        assertScored("new", model.lookalike().seedBlock(clustering.cluster("new", seeds)));
    }

    @Test
    void aCandidateOfWhichNothingIsKnownIsNotFound() {
        rest.put("/coldstart/_doc/unknown", "{\"title\": \"?\"}").ok();
        assertEquals(false, search("u1").containsKey("unknown"));
    }

    private void click(String candidate, String user) {
        rest.post("/coldstart-clicks/_doc", "{\"candidate\": \"%s\", \"user\": \"%s\"}".formatted(candidate, user))
                .ok();
    }

    private JsonNode seeds(String candidate) {
        return rest.get("/coldstart/_doc/" + candidate).ok().json().at("/_source/ralm");
    }

    private void assertSeeds(String state, int count, String candidate) {
        JsonNode seeds = seeds(candidate);
        assertEquals(state, seeds.path("state").asText());
        assertEquals(count, seeds.path("seed_count").asInt());
    }

    private void awaitSeeds(String state, int count, String candidate) {
        Await.until(() -> {
            JsonNode seeds = seeds(candidate);
            boolean there = state.equals(seeds.path("state").asText())
                    && seeds.path("seed_count").asInt() == count;
            return there ? null : seeds.toString();
        });
    }

    private SeedBlock storedBlock(String candidate) {
        return SeedBlockCodec.decode(
                Base64.getDecoder().decode(seeds(candidate).path("seeds").asText()));
    }

    private void assertScored(String candidate, SeedBlock block) {
        users.forEach((user, vector) -> assertEquals(
                (1 + model.lookalike().score(vector, block).score()) / 2,
                search(user).get(candidate),
                TOLERANCE));
    }

    /** The scores of what is found for a user, by candidate. */
    private Map<String, Double> search(String user) {
        rest.post("/coldstart/_refresh", "").ok();
        JsonNode answer = rest.post("/coldstart/_search", "{\"query\": " + TestFeed.query(FEED, user) + "}")
                .ok()
                .json();
        Map<String, Double> scores = new LinkedHashMap<>();
        for (JsonNode hit : answer.at("/hits/hits")) {
            scores.put(hit.get("_id").asText(), hit.get("_score").asDouble());
        }
        return scores;
    }
}
