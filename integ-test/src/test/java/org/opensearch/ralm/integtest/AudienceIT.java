package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** Audiences of users whose vectors k-NN indexes, or only keeps. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AudienceIT {
    private static final double TOLERANCE = 1e-6;

    private Rest rest;
    private TestFeed feed;

    @BeforeAll
    void setUp(Rest shared) {
        rest = shared;
        feed = TestFeed.create(rest, "audience");
    }

    @Test
    void aCandidatesUsersScoreAsTheUsersCandidates() {
        assertBothDirectionsAgree(feed.users());
    }

    @Test
    void vectorsThatAreKeptWithoutAnIndexAreReadAsWell() {
        String index = "audience-kept";
        rest.put(
                        "/" + index,
                        """
                        {"settings": {"number_of_shards": 1, "number_of_replicas": 0},
                         "mappings": {"properties": {
                           "model": {"type": "keyword"}, "vector": {"type": "knn_vector", "dimension": %d}}}}"""
                                .formatted(TestModel.DIMENSION))
                .ok();
        for (int user = 1; user <= TestFeed.USERS; user++) {
            rest.put(
                            "/" + index + "/_doc/u" + user + (user == TestFeed.USERS ? "?refresh" : ""),
                            "{\"model\": \"%s\", \"vector\": %s}"
                                    .formatted(feed.model().id(), Arrays.toString(feed.user("u" + user))))
                    .ok();
        }
        assertBothDirectionsAgree(index);
    }

    @Test
    void seedsAreLeftOut() {
        Set<String> others = new TreeSet<>(audience(feed.users(), "c9", "").keySet());
        assertEquals(TestFeed.USERS - 9, others.size());
        List<String> seeds = TestFeed.seedsOf(9);
        assertTrue(others.stream().noneMatch(seeds::contains));
    }

    private void assertBothDirectionsAgree(String index) {
        for (int candidate : new int[] {1, 7, TestFeed.CANDIDATES}) {
            Map<String, Double> audience = audience(index, "c" + candidate, ", \"exclude_seeds\": false");
            assertEquals(TestFeed.USERS, audience.size());
            for (String user : List.of("u1", "u13", "u40")) {
                Map<String, Double> candidates = feed.search(TestFeed.query(feed.name(), user));
                assertEquals(candidates.get("c" + candidate), audience.get(user), TOLERANCE);
            }
        }
    }

    private Map<String, Double> audience(String index, String candidate, String more) {
        JsonNode answer = rest.post(
                        "/" + index + "/_search",
                        """
                        {"size": 100, "_source": false,
                         "query": {"ralm_audience": {"feed": "%s", "candidate": "%s" %s}}}"""
                                .formatted(feed.name(), candidate, more))
                .ok()
                .json();
        assertEquals(0, answer.at("/_shards/failed").asInt(), answer::toString);
        Map<String, Double> scores = new TreeMap<>();
        for (JsonNode hit : answer.at("/hits/hits")) {
            scores.put(hit.get("_id").asText(), hit.get("_score").asDouble());
        }
        return scores;
    }
}
