package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.lookalike.Similarity;

/** What the server answers is what the model library computes. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScoringIT {
    private static final double TOLERANCE = 1e-5;

    private Rest rest;
    private TestFeed feed;

    @BeforeAll
    void setUp(Rest shared) {
        rest = shared;
        feed = TestFeed.create(rest, "scoring");
    }

    @Test
    void theProcessorStoresTheBlockOfTheReferenceClustering() {
        for (int candidate = 1; candidate <= TestFeed.CANDIDATES; candidate++) {
            SeedBlock stored = feed.storedBlock("c" + candidate);
            SeedBlock expected = feed.blockOf("c" + candidate, TestFeed.seedsOf(candidate));
            assertEquals(expected.fingerprint(), stored.fingerprint());
            assertArrayEquals(expected.clusters().sizes(), stored.clusters().sizes());
            assertArrayEquals(expected.clusters().centroids(), stored.clusters().centroids(), 1e-6f);
            assertArrayEquals(expected.global(), stored.global(), 1e-6f);
        }
    }

    @Test
    void theProcessorDescribesTheSeedsForPeople() {
        JsonNode ralm = feed.candidate("c7").get("ralm");
        assertEquals(7, ralm.get("seed_count").asInt());
        assertEquals(0, ralm.get("unknown_users").asInt());
        assertEquals(feed.model().id(), ralm.get("model").asText());
        int seeds = 0;
        for (JsonNode size : ralm.get("cluster_sizes")) {
            seeds += size.asInt();
        }
        assertEquals(7, seeds);
    }

    @Test
    void aUserIsScoredAsByTheModelLibrary() {
        for (int user = 1; user <= TestFeed.USERS; user++) {
            Map<String, Double> scores = feed.search(TestFeed.query(feed.name(), "u" + user));
            assertEquals(TestFeed.CANDIDATES, scores.size());
            for (int candidate = 1; candidate <= TestFeed.CANDIDATES; candidate++) {
                assertEquals(
                        (1 + reference("u" + user, candidate).score()) / 2, scores.get("c" + candidate), TOLERANCE);
            }
        }
    }

    @Test
    void aProbabilityIsTheCalibratedScore() {
        Map<String, Double> scores =
                feed.search("{\"ralm_score\": {\"feed\": \"%s\", \"user_id\": \"u3\", \"score\": \"probability\"}}"
                        .formatted("scoring"));
        double expected = feed.model()
                .artifact()
                .manifest()
                .calibration()
                .probability(reference("u3", 9).score());
        assertEquals(expected, scores.get("c9"), TOLERANCE);
    }

    @Test
    void aVectorAndAScriptScoreAsTheUserDoes() {
        Map<String, Double> byUser = feed.search(TestFeed.query(feed.name(), "u5"));
        String target = "{\"field\": \"ralm.seeds\", \"model\": \"%s\", \"user_vector\": %s}"
                .formatted(feed.model().id(), Arrays.toString(feed.user("u5")));
        assertClose(byUser, feed.search("{\"ralm_score\": " + target + "}"));
        assertClose(
                byUser,
                feed.search("{\"script_score\": {\"query\": {\"exists\": {\"field\": \"ralm.seeds\"}},"
                        + " \"script\": {\"lang\": \"ralm\", \"source\": \"ralm_score\", \"params\": " + target
                        + "}}}"));
    }

    @Test
    void anInnerQueryLimitsWhatIsScored() {
        Map<String, Double> english = feed.search("{\"ralm_score\": {\"feed\": \"scoring\", \"user_id\": \"u5\","
                + " \"query\": {\"term\": {\"lang\": \"en\"}}}}");
        assertEquals(Set.of("c2", "c4", "c6", "c8", "c10", "c12"), english.keySet());
    }

    @Test
    void boolBoostAndRescoreKeepTheScore() {
        Map<String, Double> plain = feed.search(TestFeed.query(feed.name(), "u8"));
        Map<String, Double> boosted = feed.search("{\"bool\": {\"filter\": {\"term\": {\"lang\": \"de\"}}, \"must\":"
                + " {\"ralm_score\": {\"feed\": \"scoring\", \"user_id\": \"u8\", \"boost\": 2}}}}");
        assertEquals(6, boosted.size());
        boosted.forEach((id, score) -> assertEquals(2 * plain.get(id), score, 2 * TOLERANCE));

        JsonNode rescored = rest.post(
                        "/" + feed.candidates() + "/_search",
                        "{\"size\": 100, \"query\": {\"match_all\": {}}, \"rescore\": {\"window_size\": 100, \"query\":"
                                + " {\"query_weight\": 0, \"rescore_query\": " + TestFeed.query("scoring", "u8")
                                + "}}}")
                .ok()
                .json();
        for (JsonNode hit : rescored.at("/hits/hits")) {
            assertEquals(plain.get(hit.get("_id").asText()), hit.get("_score").asDouble(), TOLERANCE);
        }
    }

    @Test
    void clicksCountBesideTheScore() {
        double gamma = feed.model().artifact().manifest().calibration().gamma();
        Map<String, Double> scores = feed.search("{\"ralm_score\": {\"feed\": \"scoring\", \"user_id\": \"u8\","
                + " \"popularity\": {\"field\": \"ralm.seed_count\", \"weight\": 0.5}}}");
        double raw = reference("u8", 9).score();
        assertEquals(Math.log(9.5) + Math.log(2) + 0.5 * gamma * (raw + weights()), scores.get("c9"), 10 * TOLERANCE);
    }

    private double weights() {
        return feed.model().artifact().manifest().alpha()
                + feed.model().artifact().manifest().beta();
    }

    @Test
    void aMissingUserFindsNothingIfSoWished() {
        assertEquals(
                Map.of(),
                feed.search("{\"ralm_score\": {\"feed\": \"scoring\", \"user_id\": \"nobody\","
                        + " \"missing_user\": \"empty\"}}"));
    }

    @Test
    void theLogTellsWhatARescorerComputed() {
        JsonNode answer = rest.post(
                        "/" + feed.candidates() + "/_search",
                        "{\"size\": 100, \"query\": {\"match_all\": {}}, \"rescore\": {\"window_size\": 5, \"query\":"
                                + " {\"rescore_query\": " + TestFeed.query("scoring", "u2")
                                + "}}, \"ext\": {\"ralm_log\": {}}}")
                .ok()
                .json();
        assertEquals(TestFeed.CANDIDATES, answer.at("/hits/hits").size());
        for (JsonNode hit : answer.at("/hits/hits")) {
            int candidate = Integer.parseInt(hit.get("_id").asText().substring(1));
            JsonNode log = hit.at("/fields/ralm_log/0");
            assertEquals(reference("u2", candidate).global(), log.get("global").asDouble(), TOLERANCE);
            assertEquals(reference("u2", candidate).local(), log.get("local").asDouble(), TOLERANCE);
            assertEquals(reference("u2", candidate).score(), log.get("raw").asDouble(), TOLERANCE);
            assertEquals(feed.candidate("c" + candidate).at("/ralm/seed_count"), log.get("seed_count"));
            assertEquals(feed.candidate("c" + candidate).at("/ralm/state"), log.get("state"));
        }
    }

    @Test
    void explainShowsBothCosinesAndTheAttentionOfEachCluster() {
        Similarity expected = reference("u2", 11);
        JsonNode explanation = rest.post(
                        "/" + feed.candidates() + "/_explain/c11",
                        "{\"query\": " + TestFeed.query("scoring", "u2") + "}")
                .ok()
                .json()
                .get("explanation");
        assertEquals((1 + expected.score()) / 2, explanation.get("value").asDouble(), TOLERANCE);
        assertTrue(explanation.get("description").asText().contains(feed.model().id()), explanation.toString());
        assertEquals(expected.score(), value(explanation, "raw score"), TOLERANCE);
        assertEquals(expected.global(), value(explanation, "global embedding"), TOLERANCE);
        assertEquals(expected.local(), value(explanation, "local attention sees"), TOLERANCE);
        for (int cluster = 0; cluster < expected.localWeights().length; cluster++) {
            assertEquals(
                    expected.localWeights()[cluster], value(explanation, "weight of cluster " + cluster), TOLERANCE);
        }
    }

    @Test
    void profileShowsTheQuery() {
        JsonNode answer = rest.post(
                        "/" + feed.candidates() + "/_search",
                        "{\"profile\": true, \"query\": " + TestFeed.query("scoring", "u2") + "}")
                .ok()
                .json();
        assertTrue(
                answer.get("profile").toString().contains("Ralm"),
                answer.get("profile").toString());
    }

    private Similarity reference(String user, int candidate) {
        return feed.similarity(user, "c" + candidate, TestFeed.seedsOf(candidate));
    }

    private static void assertClose(Map<String, Double> expected, Map<String, Double> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((id, score) -> assertEquals(score, actual.get(id), TOLERANCE));
    }

    /** The value of the first part of an explanation whose description holds a text. */
    private static double value(JsonNode explanation, String description) {
        for (JsonNode node : explanation.findParents("description")) {
            if (node.get("description").asText().contains(description)) {
                return node.get("value").asDouble();
            }
        }
        throw new AssertionError("nothing about [" + description + "] in " + explanation);
    }
}
