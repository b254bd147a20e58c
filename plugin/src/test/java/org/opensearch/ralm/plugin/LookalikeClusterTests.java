package org.opensearch.ralm.plugin;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.lookalike.Similarity;

/** The whole way on three nodes: model, feed, users, candidates with seeds, and who suits whom. */
public class LookalikeClusterTests extends RalmIntegTestCase {

    private static final int USERS = 60;
    private static final int CANDIDATES = 40;
    private static final double TOLERANCE = 1e-5;
    private static final String LOOKALIKE = "{\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u7\"}}";

    private Map<String, float[]> users;
    private LookalikeModel model;

    private void indexFeed() throws Exception {
        model = upload(artifact("m1", 1));
        createCandidates("articles", 5);
        users = indexUsers("users", "m1", USERS, 3);
        createFeed("news", "articles", "users", "m1");
        createPipeline("news");
        Random random = new Random(4);
        StringBuilder lines = new StringBuilder();
        for (int c = 0; c < CANDIDATES; c++) {
            List<String> seeds = new ArrayList<>();
            for (int s = 0; s < 1 + random.nextInt(20); s++) {
                seeds.add("\"u" + random.nextInt(USERS) + "\"");
            }
            lines.append("{\"index\":{\"_index\":\"articles\",\"_id\":\"a" + c + "\",\"pipeline\":\"ralm\"}}\n");
            lines.append("{\"lang\":\"" + (c % 2 == 0 ? "en" : "de") + "\",\"seed_users\":" + seeds + "}\n");
        }
        bulk(lines);
    }

    private double expected(Map<String, Object> hit) {
        Similarity similarity = model.score(users.get("u7"), block(hit));
        return (1 + similarity.score()) / 2;
    }

    private static double score(Map<String, Object> hit) {
        return ((Number) hit.get("_score")).doubleValue();
    }

    public void testEveryShardScoresAsTheModelDoes() throws Exception {
        indexFeed();
        for (String mode : List.of("all", "none", "auto")) {
            put("/_cluster/settings", "{\"transient\":{\"search.concurrent_segment_search.mode\":\"" + mode + "\"}}");
            Map<String, Object> response = search("articles", "{\"size\": 100, \"query\": " + LOOKALIKE + "}");
            assertEquals(CANDIDATES, hits(response).size());
            for (Map<String, Object> hit : hits(response)) {
                assertEquals(expected(hit), score(hit), TOLERANCE);
            }
        }
        put("/_cluster/settings", "{\"transient\":{\"search.concurrent_segment_search.mode\":null}}");
        assertVectorAndScriptScoreAsTheUserDoes();
        assertQueryComposes();
        assertExplained();
    }

    private void assertVectorAndScriptScoreAsTheUserDoes() throws Exception {
        String vector = json(users.get("u7"));
        String parameters = "\"field\": \"ralm.seeds\", \"user_vector\": " + vector + ", \"model\": \"m1\"";
        Map<String, Object> byVector =
                search("articles", "{\"size\": 100, \"query\": {\"ralm_score\": {" + parameters + "}}}");
        Map<String, Object> byScript = search(
                "articles",
                """
                {"size": 100, "query": {"script_score": {"query": {"exists": {"field": "ralm.seeds"}},
                 "script": {"lang": "ralm", "source": "ralm_score", "params": {%s}}}}}"""
                        .formatted(parameters));
        assertEquals(CANDIDATES, hits(byVector).size());
        assertEquals(CANDIDATES, hits(byScript).size());
        for (int i = 0; i < CANDIDATES; i++) {
            assertEquals(expected(hits(byVector).get(i)), score(hits(byVector).get(i)), TOLERANCE);
            assertEquals(
                    hits(byVector).get(i).get("_score"), hits(byScript).get(i).get("_score"));
        }
        Map<String, Object> probable =
                search("articles", "{\"query\": {\"ralm_score\": {\"score\": \"probability\", " + parameters + "}}}");
        for (Map<String, Object> hit : hits(probable)) {
            double raw = model.score(users.get("u7"), block(hit)).score();
            assertEquals(model.manifest().calibration().probability(raw), score(hit), TOLERANCE);
        }
    }

    private void assertQueryComposes() throws Exception {
        String inner =
                """
                {"ralm_score": {"feed": "news", "user_id": "u7", "boost": 2, "_name": "alike",
                 "query": {"term": {"lang": "en"}}}}""";
        Map<String, Object> named = search(
                "articles",
                """
                {"size": 100, "profile": true, "query": {"bool": {"must": [%s], "must_not": {"ids": {"values": ["a0"]}}}}}"""
                        .formatted(inner));
        assertEquals(CANDIDATES / 2 - 1, hits(named).size());
        assertNotNull(at(named, "profile.shards.0.searches.0.query"));
        for (Map<String, Object> hit : hits(named)) {
            assertEquals("en", at(hit, "_source.lang"));
            assertEquals(List.of("alike"), hit.get("matched_queries"));
            assertEquals(2 * expected(hit), score(hit), TOLERANCE);
        }
        Map<String, Object> functions = search(
                "articles",
                """
                {"size": 100, "query": {"function_score": {"query": %s, "functions": [{"weight": 3}]}}}"""
                        .formatted(LOOKALIKE));
        for (Map<String, Object> hit : hits(functions)) {
            assertEquals(3 * expected(hit), score(hit), TOLERANCE);
        }
        Map<String, Object> rescored = search(
                "articles",
                """
                {"size": 5, "query": {"match_all": {}}, "rescore": {"window_size": 100, "query": {
                 "query_weight": 0, "rescore_query": %s}}}"""
                        .formatted(LOOKALIKE));
        assertEquals(
                hits(search("articles", "{\"size\": 5, \"query\": " + LOOKALIKE + "}")).stream()
                        .map(hit -> hit.get("_id"))
                        .toList(),
                hits(rescored).stream().map(hit -> hit.get("_id")).toList());
        assertEquals(
                CANDIDATES,
                at(
                        search(
                                "articles",
                                """
                {"size": 0, "track_total_hits": true, "query": {"bool": {"filter": %s}}}"""
                                        .formatted(LOOKALIKE)),
                        "hits.total.value"));
    }

    private void assertExplained() throws Exception {
        Map<String, Object> hit = hits(search(
                        "articles", "{\"size\": 1, \"explain\": true, \"query\": " + LOOKALIKE + "}"))
                .get(0);
        Map<String, Object> explained =
                call("GET", "/articles/_explain/" + hit.get("_id"), "{\"query\": " + LOOKALIKE + "}");
        assertEquals(true, explained.get("matched"));
        for (Object explanation : List.of(hit.get("_explanation"), explained.get("explanation"))) {
            Map<String, Object> tree = Map.of("root", explanation);
            assertEquals(score(hit), ((Number) at(tree, "root.value")).doubleValue(), TOLERANCE);
            assertTrue(at(tree, "root.description").toString().contains("[m1]"));
            Similarity similarity = model.score(users.get("u7"), block(hit));
            Map<String, Object> raw = Map.of("raw", at(tree, "root.details.1.details.0"));
            assertEquals(similarity.score(), number(raw, "raw.value"), TOLERANCE);
            assertEquals(0.3, number(raw, "raw.details.0.value"), TOLERANCE);
            assertEquals(similarity.global(), number(raw, "raw.details.1.value"), TOLERANCE);
            assertEquals(0.7, number(raw, "raw.details.2.value"), TOLERANCE);
            assertEquals(similarity.local(), number(raw, "raw.details.3.value"), TOLERANCE);
            List<?> clusters = (List<?>) at(raw, "raw.details.3.details");
            assertEquals(similarity.localWeights().length, clusters.size());
            for (int j = 0; j < clusters.size(); j++) {
                assertEquals(
                        similarity.localWeights()[j], number(raw, "raw.details.3.details." + j + ".value"), TOLERANCE);
            }
        }
    }

    private static double number(Map<String, Object> json, String path) {
        return ((Number) at(json, path)).doubleValue();
    }
}
