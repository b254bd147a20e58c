package org.opensearch.ralm.plugin;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.lookalike.Similarity;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** What a ranker is told of each hit, wherever in the request the query stands. */
@ClusterScope(numDataNodes = 2, supportsDedicatedMasters = false)
public class ScoreLogTests extends RalmIntegTestCase {

    private static final double TOLERANCE = 1e-5;
    private static final String LOG = ", \"size\": 20, \"ext\": {\"ralm_log\": {}}";

    private Map<String, float[]> users;
    private LookalikeModel model;

    /** Eight candidates with one to eight seeds, of whom four are enough, one without a seed and one of whom the content says more. */
    private void indexFeed() throws Exception {
        model = upload(TestModels.withContent(artifact("m1", 1), "tags"));
        users = indexUsers("users", "m1", 20, 3);
        put(
                "/_plugins/_ralm/feeds/news",
                """
                {"candidates": "articles", "users": "users", "model": "m1", "k": 4, "min_seeds": 4,
                 "content_fields": ["tags"]}""");
        call("POST", "/_plugins/_ralm/feeds/news/_setup", "{\"number_of_shards\": 3}");
        StringBuilder lines = new StringBuilder();
        for (int c = 1; c <= 8; c++) {
            List<String> seeds = new ArrayList<>();
            for (int s = 0; s < c; s++) {
                seeds.add("\"u" + (c + s) + "\"");
            }
            lines.append("{\"index\":{\"_index\":\"articles\",\"_id\":\"a" + c + "\"}}\n");
            lines.append("{\"seed_users\":" + seeds + "}\n");
        }
        lines.append("{\"index\":{\"_index\":\"articles\",\"_id\":\"bare\"}}\n{}\n");
        lines.append(
                "{\"index\":{\"_index\":\"articles\",\"_id\":\"told\"}}\n{\"tags\":\"cats\",\"seed_users\":[\"u1\"]}\n");
        bulk(lines);
    }

    private static String ralm(String user, String more) {
        return "{\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"" + user + "\"" + more + "}}";
    }

    /** The log of each hit, by the hit's id. */
    @SuppressWarnings("unchecked")
    private static Map<String, List<Map<String, Object>>> logs(String body) throws Exception {
        Map<String, List<Map<String, Object>>> logs = new TreeMap<>();
        for (Map<String, Object> hit : hits(search("articles", body))) {
            Map<String, Object> fields = (Map<String, Object>) hit.get("fields");
            logs.put(
                    (String) hit.get("_id"),
                    fields == null ? List.of() : (List<Map<String, Object>>) fields.get("ralm_log"));
        }
        return logs;
    }

    private void assertLogged(String id, String user, Map<String, Object> log) throws Exception {
        Map<String, Object> candidate = get("/articles/_doc/" + id);
        Similarity expected = model.score(users.get(user), block(candidate));
        assertEquals(expected.global(), number(log, "global"), TOLERANCE);
        assertEquals(expected.local(), number(log, "local"), TOLERANCE);
        assertEquals(expected.score(), number(log, "raw"), TOLERANCE);
        double probability = model.manifest().calibration().probability(expected.score());
        assertEquals(probability, number(log, "probability"), TOLERANCE);
        assertEquals("m1", log.get("model"));
        int seeds = (int) at(candidate, "_source.ralm.seed_count");
        assertEquals(seeds, log.get("seed_count"));
        assertEquals(seeds >= 4 ? "warm" : "cold", log.get("state"));
    }

    private static double number(Map<String, Object> log, String name) {
        return ((Number) log.get(name)).doubleValue();
    }

    public void testHitsTellWhatTheQueryComputed() throws Exception {
        indexFeed();
        for (String mode : List.of("all", "none")) {
            put("/_cluster/settings", "{\"transient\":{\"search.concurrent_segment_search.mode\":\"" + mode + "\"}}");
            String popular = ", \"boost\": 3, \"popularity\": {\"field\": \"ralm.seed_count\"}";
            Map<String, List<Map<String, Object>>> logs = logs("{\"query\": " + ralm("u7", popular) + LOG + "}");
            assertEquals(9, logs.size());
            for (String id : logs.keySet()) {
                assertEquals(1, logs.get(id).size());
                assertEquals(0, logs.get(id).get(0).get("position"));
                assertLogged(id, "u7", logs.get(id).get(0));
            }
        }
        put("/_cluster/settings", "{\"transient\":{\"search.concurrent_segment_search.mode\":null}}");
    }

    public void testQueriesAreFoundHoweverDeepAndInRescorers() throws Exception {
        indexFeed();
        String body =
                """
                {"query": {"bool": {
                   "must": {"constant_score": {"filter": {"match_all": {}}}},
                   "must_not": {"bool": {"must": [%s, {"term": {"_id": "nobody"}}]}},
                   "should": [
                     {"dis_max": {"queries": [%s, {"match_all": {}}]}},
                     {"function_score": {"query": %s, "functions": [{"weight": 2}]}},
                     {"constant_score": {"filter": %s}},
                     {"boosting": {"positive": %s, "negative": {"match_none": {}}, "negative_boost": 0.5}}]}},
                 "rescore": [
                   {"window_size": 3, "query": {"rescore_query": {"bool": {"should": [%s]}}}},
                   {"window_size": 2, "query": {"rescore_query": %s}}]%s}"""
                        .formatted(
                                ralm("u0", ""),
                                ralm("u1", ""),
                                ralm("u2", ", \"_name\": \"second\""),
                                ralm("u3", ""),
                                ralm("u4", ""),
                                ralm("u5", ", \"_name\": \"fifth\""),
                                ralm("u6", ""),
                                LOG);
        Map<String, List<Map<String, Object>>> logs = logs(body);
        assertEquals(10, logs.size());
        assertEquals(
                List.of("none", "none", "none", "none", "none", "none"),
                logs.remove("bare").stream().map(log -> log.get("state")).toList());
        for (String id : logs.keySet()) {
            assertEquals(6, logs.get(id).size());
            for (int i = 0; i < 6; i++) {
                Map<String, Object> log = logs.get(id).get(i);
                assertLogged(id, "u" + (i + 1), log);
                String name = i == 1 ? "second" : i == 4 ? "fifth" : null;
                assertEquals(name, log.get("name"));
                assertEquals(name == null ? i : null, log.get("position"));
            }
        }
        logs = logs(body.replace("\"ralm_log\": {}", "\"ralm_log\": {\"name\": [\"fifth\", \"tenth\"]}"));
        assertEquals(1, logs.get("a3").size());
        assertLogged("a3", "u5", logs.get("a3").get(0));
        assertEquals(
                List.of(), logs("{\"query\": {\"match_all\": {}}" + LOG + "}").get("a3"));
    }

    public void testBlocksOfAnotherModelFailNoShard() throws Exception {
        indexFeed();
        upload(artifact("m2", 2));
        indexUsers("users-m2", "m2", 5, 4);
        put(
                "/_plugins/_ralm/feeds/news",
                """
                {"candidates": "articles", "users": "users-m2", "model": "m2", "k": 4}""");
        assertEquals(Map.of(), logs("{\"query\": " + ralm("u1", "") + LOG + "}"));
        Map<String, Object> found = search(
                "articles",
                "{\"query\": {\"bool\": {\"must\": {\"match_all\": {}}, \"should\": " + ralm("u1", "") + "}}" + LOG
                        + "}");
        assertEquals(0, at(found, "_shards.failed"));
        assertEquals(10, hits(found).size());
        for (Map<String, Object> hit : hits(found)) {
            Map<?, ?> log = (Map<?, ?>) at(hit, "fields.ralm_log.0");
            assertEquals(Map.of("position", 0, "model", "m2", "state", "none"), log);
        }
    }

    public void testTooManyQueriesAreRefused() throws Exception {
        indexFeed();
        String queries = String.join(", ", Collections.nCopies(33, ralm("u1", "")));
        assertRefused(
                400,
                "POST",
                "/articles/_search",
                "{\"query\": {\"dis_max\": {\"queries\": [" + queries + "]}}" + LOG + "}",
                "[ralm_log] tells of at most 32 [ralm_score] queries, but there are 33");
    }
}
