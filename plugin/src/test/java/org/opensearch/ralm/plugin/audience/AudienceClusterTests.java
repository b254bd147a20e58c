package org.opensearch.ralm.plugin.audience;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.After;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.exposure.ExposureField;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** Audiences on three nodes, whose users' vectors are in their documents' sources. */
@ClusterScope(numDataNodes = 3, supportsDedicatedMasters = false)
public class AudienceClusterTests extends RalmIntegTestCase {

    private static final int USERS = 300;
    private static final int CANDIDATES = 6;
    private static final double TOLERANCE = 1e-6;

    private LookalikeModel model;
    private Map<String, float[]> users;
    private final Map<String, Set<String>> seeds = new LinkedHashMap<>();

    @After
    public void resetCluster() throws Exception {
        call("DELETE", "/_ingest/pipeline/*", null);
        put(
                "/_cluster/settings",
                """
                {"transient": {"search.concurrent_segment_search.mode": null, "search.allow_expensive_queries": null}}""");
    }

    private void indexFeed(String clicks) throws Exception {
        model = upload(artifact("m1", 1));
        users = indexUsers("users", "m1", USERS, 3);
        put(
                "/_plugins/_ralm/feeds/news",
                """
                {"candidates": "articles", "users": "users", "model": "m1", "k": 4, "min_seeds": 1, %s
                 "exposure_sample": 1000}"""
                        .formatted(clicks));
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        Random random = new Random(4);
        StringBuilder lines = new StringBuilder();
        for (int c = 0; c < CANDIDATES; c++) {
            Set<String> listed = new HashSet<>();
            for (int s = 0; s < 20; s++) {
                listed.add("u" + random.nextInt(USERS));
            }
            seeds.put("a" + c, listed);
            String json = listed.stream().map(user -> "\"" + user + "\"").collect(Collectors.joining(",", "[", "]"));
            lines.append("{\"index\":{\"_index\":\"articles\",\"_id\":\"a" + c + "\"}}\n");
            lines.append("{\"seed_users\":" + json + "}\n");
        }
        bulk(lines);
    }

    private static String audience(String candidate, String more) {
        return "{\"ralm_audience\": {\"feed\": \"news\", \"candidate\": \"" + candidate + "\"" + more + "}}";
    }

    private static Map<String, Double> scores(String query) throws Exception {
        Map<String, Double> scores = new LinkedHashMap<>();
        for (Map<String, Object> hit : hits(search("users", "{\"size\": 1000, \"query\": " + query + "}"))) {
            scores.put((String) hit.get("_id"), ((Number) hit.get("_score")).doubleValue());
        }
        return scores;
    }

    public void testUsersScoreForACandidateAsCandidatesForAUser() throws Exception {
        indexFeed("");
        for (String mode : List.of("all", "none")) {
            put("/_cluster/settings", "{\"transient\":{\"search.concurrent_segment_search.mode\":\"" + mode + "\"}}");
            for (String output : List.of("similarity", "probability")) {
                assertBothDirectionsAgree(output);
            }
        }
    }

    private void assertBothDirectionsAgree(String output) throws Exception {
        Map<String, Map<String, Double>> byCandidate = new LinkedHashMap<>();
        for (String candidate : seeds.keySet()) {
            Map<String, Double> audience =
                    scores(audience(candidate, ", \"exclude_seeds\": false, \"score\": \"" + output + "\""));
            assertEquals(users.keySet(), audience.keySet());
            byCandidate.put(candidate, audience);
        }
        for (int u = 0; u < USERS; u += 29) {
            String query = "{\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u" + u + "\", \"score\": \"" + output
                    + "\"}}";
            List<Map<String, Object>> found = hits(search("articles", "{\"size\": 100, \"query\": " + query + "}"));
            assertEquals(CANDIDATES, found.size());
            for (Map<String, Object> hit : found) {
                double score = byCandidate.get(hit.get("_id")).get("u" + u);
                assertEquals(((Number) hit.get("_score")).doubleValue(), score, TOLERANCE);
            }
        }
    }

    public void testCandidateWithARoutingOfItsOwnIsFoundByIt() throws Exception {
        makeFeedWithoutClicks(5, 20);
        put("/articles/_doc/a?routing=sports&pipeline=ralm", "{\"seed_users\": [\"u1\", \"u2\"]}");
        String query = "{\"query\": %s}";
        assertRefused(
                404,
                "POST",
                "/users/_search",
                query.formatted(audience("a", "")),
                "candidate [a] is not in index [articles] of feed [news]");
        Set<String> found = scores(audience("a", ", \"routing\": \"sports\"")).keySet();
        assertEquals(18, found.size());
        assertFalse(found.contains("u1"));
    }

    public void testSeedsAreLeftOutUnlessAskedFor() throws Exception {
        indexFeed("");
        Set<String> others = new HashSet<>(users.keySet());
        others.removeAll(seeds.get("a1"));
        assertEquals(others, scores(audience("a1", "")).keySet());
        assertEquals(
                users.keySet(),
                scores(audience("a1", ", \"exclude_seeds\": false")).keySet());
    }

    public void testEverybodyWhoClickedIsASeed() throws Exception {
        indexFeed("\"clicks\": \"clicks\",");
        bulk("{\"index\":{\"_index\":\"clicks\"}}\n{\"candidate\":\"a1\",\"user\":\"u250\"}\n");
        Set<String> found = scores(audience("a1", "")).keySet();
        assertFalse(found.contains("u250"));
        seeds.get("a1").forEach(seed -> assertFalse(found.contains(seed)));
        assertEquals(Set.of("u250"), difference(scores(audience("a1", ", \"exclude_seeds\": false")), found, "a1"));
    }

    private Set<String> difference(Map<String, Double> all, Set<String> found, String candidate) {
        Set<String> others = new HashSet<>(all.keySet());
        others.removeAll(found);
        others.removeAll(seeds.get(candidate));
        return others;
    }

    public void testUsersOfAnotherModelOrWithoutAFittingVectorAreNoMatches() throws Exception {
        indexFeed("");
        put("/users/_doc/u0?refresh=true", "{\"model\": \"m0\", \"vector\": " + json(users.get("u0")) + "}");
        put("/users/_doc/u1?refresh=true", "{\"model\": \"m1\"}");
        put("/users/_doc/u2?refresh=true", "{\"model\": \"m1\", \"vector\": [1, 2]}");
        put("/users/_doc/u3?refresh=true", "{\"vector\": " + json(users.get("u3")) + "}");
        Set<String> expected = new HashSet<>(users.keySet());
        expected.removeAll(Set.of("u0", "u1", "u2"));
        assertEquals(
                expected, scores(audience("a1", ", \"exclude_seeds\": false")).keySet());
    }

    public void testTheInnerQueryFiltersAndOtherQueriesCompose() throws Exception {
        indexFeed("");
        String more = ", \"exclude_seeds\": false, \"query\": {\"ids\": {\"values\": [\"u4\", \"u5\", \"u6\"]}}";
        Map<String, Double> few = scores(audience("a1", more));
        assertEquals(Set.of("u4", "u5", "u6"), few.keySet());
        Map<String, Object> response = search(
                "users",
                """
                {"size": 1000, "profile": true, "query": {"bool": {"must": [%s], "must_not": {"ids": {"values": ["u4"]}}}}}"""
                        .formatted(audience("a1", more + ", \"boost\": 3, \"_name\": \"alike\"")));
        assertNotNull(at(response, "profile.shards.0.searches.0.query"));
        assertEquals(2, hits(response).size());
        for (Map<String, Object> hit : hits(response)) {
            assertEquals(List.of("alike"), hit.get("matched_queries"));
            assertEquals(3 * few.get(hit.get("_id")), ((Number) hit.get("_score")).doubleValue(), 1e-5);
        }
    }

    public void testEachUserComesOnceWhenPagingToTheEnd() throws Exception {
        indexFeed("");
        String pit = (String)
                call("POST", "/users/_search/point_in_time?keep_alive=1m", null).get("pit_id");
        Set<String> seen = new HashSet<>();
        String after = "";
        List<Map<String, Object>> page;
        double last = 1;
        do {
            page = hits(call(
                    "POST",
                    "/_search",
                    """
                    {"size": 37, "pit": {"id": "%s", "keep_alive": "1m"}, "query": %s,
                     "sort": [{"_score": "desc"}, {"_shard_doc": "asc"}] %s}"""
                            .formatted(pit, audience("a1", ""), after)));
            for (Map<String, Object> hit : page) {
                assertTrue("again " + hit.get("_id"), seen.add((String) hit.get("_id")));
                double score = ((Number) at(hit, "sort.0")).doubleValue();
                assertTrue(score <= last);
                last = score;
            }
            after = page.isEmpty()
                    ? ""
                    : ", \"search_after\": " + page.get(page.size() - 1).get("sort");
        } while (page.isEmpty() == false);
        assertEquals(USERS - seeds.get("a1").size(), seen.size());
        call("DELETE", "/_search/point_in_time", "{\"pit_id\": [\"" + pit + "\"]}");
    }

    public void testTopPercentIsByTheCandidatesThresholds() throws Exception {
        indexFeed("");
        await(() -> {
            call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
            for (String candidate : seeds.keySet()) {
                assertNotNull(thresholdsOf(candidate).get("exposure"));
            }
        });
        for (String candidate : seeds.keySet()) {
            double lowest = ExposureField.in(thresholdsOf(candidate)).admitting(10);
            Set<String> expected = new HashSet<>();
            SeedBlock block = block(get("/articles/_doc/" + candidate));
            users.forEach((user, vector) -> {
                if (rawScore(block, vector) >= lowest) {
                    expected.add(user);
                }
            });
            Set<String> found = scores(audience(candidate, ", \"top_percent\": 10, \"exclude_seeds\": false"))
                    .keySet();
            assertEquals(expected, found);
            // All users are in the sample, so that nothing but the rounding to whole users is uncertain.
            assertEquals(USERS / 10.0, found.size(), 1.5);
        }
    }

    private double rawScore(SeedBlock block, float[] user) {
        return model.score(user, block).score();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> thresholdsOf(String candidate) throws Exception {
        return (Map<String, Object>) at(get("/articles/_doc/" + candidate), "_source.ralm");
    }

    public void testItIsExplained() throws Exception {
        indexFeed("");
        String query = audience("a1", ", \"boost\": 2");
        Map<String, Object> hit = hits(search("users", "{\"size\": 1, \"explain\": true, \"query\": " + query + "}"))
                .get(0);
        Map<String, Object> explained = call("GET", "/users/_explain/" + hit.get("_id"), "{\"query\": " + query + "}");
        assertEquals(true, explained.get("matched"));
        for (Object explanation : List.of(hit.get("_explanation"), explained.get("explanation"))) {
            Map<String, Object> tree = Map.of("root", explanation);
            assertEquals(number(hit, "_score"), number(tree, "root.value"), TOLERANCE);
            assertTrue(at(tree, "root.description").toString().contains("[m1]"));
            double raw = rawScore(block(get("/articles/_doc/a1")), users.get(hit.get("_id")));
            assertEquals(raw, number(tree, "root.details.1.details.0.value"), 1e-5);
            assertEquals(0.3, number(tree, "root.details.1.details.0.details.0.value"), TOLERANCE);
        }
        String seed = seeds.get("a1").iterator().next();
        Map<String, Object> none = call("GET", "/users/_explain/" + seed, "{\"query\": " + query + "}");
        assertEquals(false, none.get("matched"));
    }

    private static double number(Map<String, Object> json, String path) {
        return ((Number) at(json, path)).doubleValue();
    }

    public void testANewBlockIsNeverAnsweredFromTheRequestCache() throws Exception {
        indexFeed("");
        String body = "{\"size\": 0, \"min_score\": 0.7, \"track_total_hits\": true, \"query\": "
                + audience("a1", ", \"exclude_seeds\": false") + "}";
        await(() -> {
            assertFound("a1", body);
            assertTrue("answers come from the cache", cacheHits() > 0);
        });
        put("/articles/_doc/a1", "{\"seed_users\": [\"u290\", \"u291\", \"u292\"]}");
        assertFound("a1", body);
    }

    private void assertFound(String candidate, String body) throws Exception {
        SeedBlock block = block(get("/articles/_doc/" + candidate));
        long expected = users.values().stream()
                .filter(user -> (1 + rawScore(block, user)) / 2 >= 0.7)
                .count();
        Map<String, Object> response = call("POST", "/users/_search?request_cache=true", body);
        assertEquals(expected, ((Number) at(response, "hits.total.value")).longValue());
    }

    private static long cacheHits() throws Exception {
        return ((Number) at(get("/users/_stats/request_cache"), "_all.total.request_cache.hit_count")).longValue();
    }

    public void testFaultsAreTheCallers() throws Exception {
        indexFeed("");
        put("/articles/_doc/bare", "{}");
        createCandidates("others", 1);
        refused(404, audience("ghost", ""), "candidate [ghost] is not in index [articles] of feed [news]");
        refused(400, audience("bare", ""), "candidate [bare] of feed [news] has no seed block in field [ralm.seeds]");
        refused(404, audience("a1", "").replace("news", "olds"), "olds");
        refused(400, audience("a1", ", \"top_percent\": 0"), "[top_percent] must be a number above 0, at most 100");
        refused(400, audience("a1", ", \"top_percent\": 5"), "has no exposure thresholds of model [m1] yet");
        refused(400, audience("a1", ", \"size\": 5"), "[size] is not a known member of [ralm_audience]");
        assertRefused(
                400,
                "POST",
                "/others/_search",
                "{\"query\": " + audience("a1", "") + "}",
                "[ralm_audience] is for users indices, but [others] has no field [vector]");
        put("/_cluster/settings", "{\"transient\": {\"search.allow_expensive_queries\": false}}");
        refused(400, audience("a1", ""), "'search.allow_expensive_queries' is set to false");
    }

    private static void refused(int status, String query, String said) throws Exception {
        assertRefused(status, "POST", "/users/_search", "{\"query\": " + query + "}", said);
    }
}
