package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Candidates are recalled by k-NN's field of their global embeddings, then scored. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RecallIT {
    private static final double TOLERANCE = 1e-5;
    private static final String WITH_RECALL = "{\"number_of_shards\": 1, \"number_of_replicas\": 0, \"recall\": true}";

    private Rest rest;
    private TestFeed feed;

    @BeforeAll
    void setUp(Rest shared) {
        rest = shared;
        feed = TestFeed.createBySetup(rest, "recall", WITH_RECALL);
    }

    private static String query(String user, String more) {
        return query("recall", user, more);
    }

    private static String query(String feed, String user, String more) {
        return "{\"ralm_score\": {\"feed\": \"%s\", \"user_id\": \"%s\"%s}}".formatted(feed, user, more);
    }

    @Test
    void theEmbeddingIsWrittenBesideTheBlock() {
        for (int candidate = 1; candidate <= TestFeed.CANDIDATES; candidate++) {
            JsonNode global = feed.candidate("c" + candidate).at("/ralm/global");
            float[] expected = feed.storedBlock("c" + candidate).global();
            assertEquals(expected.length, global.size());
            for (int d = 0; d < expected.length; d++) {
                assertEquals(expected[d], global.get(d).asDouble(), 1e-6);
            }
        }
    }

    @Test
    void theNearestCandidatesAreScoredAsWithoutRecall() {
        for (String user : Set.of("u1", "u2", "u3", "u4")) {
            Map<String, Double> all = feed.search(query(user, ""));
            Map<String, Double> recalled = feed.search(query(user, ", \"recall\": {\"k\": 5}"));
            assertEquals(nearest(feed, user, 5), recalled.keySet());
            recalled.forEach((id, score) -> assertEquals(all.get(id), score, TOLERANCE));
        }
    }

    @Test
    void theFilterHoldsWhileCandidatesAreLookedFor() {
        for (String user : Set.of("u1", "u2", "u3", "u4")) {
            String german = ", \"query\": {\"match\": {\"lang\": \"de\"}}";
            Map<String, Double> all = feed.search(query(user, german));
            assertEquals(6, all.size());
            assertEquals(
                    all.keySet(),
                    feed.search(query(user, german + ", \"recall\": {\"k\": 6}"))
                            .keySet());
        }
    }

    @Test
    void aCandidateWhoseSeedsChangeIsFoundByItsNewOnes() {
        TestFeed changing = TestFeed.createBySetup(rest, "recall-changing", WITH_RECALL);
        JsonNode before = changing.candidate("c1").at("/ralm/global");
        rest.put("/" + changing.candidates() + "/_doc/c1?refresh", "{\"seed_users\": [\"u30\", \"u31\", \"u32\"]}")
                .ok();
        JsonNode after = changing.candidate("c1").at("/ralm/global");
        assertEquals(before.size(), after.size());
        assertFalse(before.equals(after));
    }

    /** The other feed lends its model and its vectors of the same users. */
    @Test
    void afterAChangeOfModelTheNearestAreThoseOfTheNewModel() {
        TestFeed rolled = TestFeed.createBySetup(rest, "recall-rolled", WITH_RECALL);
        TestFeed other = TestFeed.createBySetup(rest, "recall-other", WITH_RECALL);
        String path = "/_plugins/_ralm/feeds/recall-rolled";
        String to =
                "{\"model\": \"%s\", \"users\": \"%s\"}".formatted(other.model().id(), other.users());
        rest.post(path + "/_activate", to).ok();
        Await.until(() -> {
            rest.post(path + "/_refresh", null).ok();
            JsonNode rollout = rest.get(path + "/_rollout").ok().json();
            return rollout.path("state").asText().equals("active") ? null : rollout.toString();
        });
        for (String user : Set.of("u1", "u2", "u3", "u4")) {
            Map<String, Double> all = rolled.search(query("recall-rolled", user, ""));
            Map<String, Double> recalled = rolled.search(query("recall-rolled", user, ", \"recall\": {\"k\": 5}"));
            assertEquals(TestFeed.CANDIDATES, all.size());
            assertEquals(nearest(other, user, 5), recalled.keySet());
            recalled.forEach((id, score) -> assertEquals(all.get(id), score, TOLERANCE));
        }
    }

    @Test
    void withoutTheFieldRecallIsRefused() {
        TestFeed without = TestFeed.create(rest, "recall-without");
        assertTrue(without.candidate("c1").at("/ralm/global").isMissingNode());
        Rest.Answer answer = rest.post(
                "/" + without.candidates() + "/_search",
                "{\"query\": {\"ralm_score\": {\"feed\": \"recall-without\", \"user_id\": \"u1\","
                        + " \"recall\": {\"k\": 5}}}}");
        assertEquals(400, answer.status(), answer.text());
        assertTrue(answer.text().contains("[recall] needs field [ralm.global] of type [knn_vector]"), answer.text());
    }

    @Test
    void aFieldWithoutAGraphOrOfAnotherDimensionIsRefused() {
        requireRefused("recall-flat", false, 8, "");
        requireRefused("recall-narrow", true, 4, ", \"method\": {\"name\": \"hnsw\", \"engine\": \"lucene\"}");
    }

    private void requireRefused(String index, boolean graph, int dimension, String method) {
        rest.put(
                        "/" + index,
                        """
                        {"settings": {"number_of_shards": 1, "number_of_replicas": 0, "index.knn": %s},
                         "mappings": {"properties": {"ralm": {"properties": {
                          "seeds": {"type": "ralm_seeds", "dimension": 8},
                          "global": {"type": "knn_vector", "dimension": %d%s}}}}}}
                        """
                                .formatted(graph, dimension, method))
                .ok();
        String vector = IntStream.rangeClosed(1, dimension).boxed().toList().toString();
        rest.put("/" + index + "/_doc/a?refresh", "{\"ralm\": {\"global\": " + vector + "}}")
                .ok();
        Rest.Answer answer = rest.post(
                "/" + index + "/_search",
                """
                {"query": {"ralm_score": {"field": "ralm.seeds", "model": "%s", "user_vector": [1, 2, 3, 4, 5, 6, 7, 8],
                                          "recall": {"k": 5}}}}"""
                        .formatted(feed.model().id()));
        assertEquals(400, answer.status(), answer.text());
        assertTrue(
                answer.text().contains("dimension [8] and engine [lucene] in an index with [index.knn]"),
                answer.text());
    }

    /** The candidates nearest to a user by the model library. */
    private static Set<String> nearest(TestFeed feed, String user, int count) {
        return IntStream.rangeClosed(1, TestFeed.CANDIDATES)
                .boxed()
                .sorted((a, b) -> Double.compare(global(feed, user, b), global(feed, user, a)))
                .limit(count)
                .map(candidate -> "c" + candidate)
                .collect(Collectors.toSet());
    }

    private static double global(TestFeed feed, String user, int candidate) {
        return feed.similarity(user, "c" + candidate, TestFeed.seedsOf(candidate))
                .global();
    }
}
