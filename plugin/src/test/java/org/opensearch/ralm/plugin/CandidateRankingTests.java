package org.opensearch.ralm.plugin;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.lookalike.Similarity;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** What a feed asks of a ranking beside similarity: recent clicks, users without a vector. */
@ClusterScope(numDataNodes = 1, numClientNodes = 0, supportsDedicatedMasters = false)
public class CandidateRankingTests extends RalmIntegTestCase {

    private static final double TOLERANCE = 1e-5;
    private static final double GAMMA = 10;

    private Map<String, float[]> users;
    private LookalikeModel model;

    private void indexFeed() throws Exception {
        float[] mean = TestModels.unitVector(DIMENSION, new Random(5));
        model = upload(artifact("m1", 1).withMeanUser(mean));
        createCandidates("articles", 2);
        users = indexUsers("users", "m1", 20, 3);
        createFeed("news", "articles", "users", "m1");
        createPipeline("news");
        StringBuilder lines = new StringBuilder();
        for (int c = 0; c < 8; c++) {
            lines.append("{\"index\":{\"_index\":\"articles\",\"_id\":\"a" + c + "\",\"pipeline\":\"ralm\"}}\n");
            String clicks = c == 0 ? "" : ",\"clicks\":" + (c == 1 ? "[3, 40]" : c * c);
            lines.append("{\"seed_users\":[\"u" + c + "\",\"u" + 2 * c + "\"]" + clicks + "}\n");
        }
        bulk(lines);
    }

    private static double clicks(Map<String, Object> hit) {
        Object clicks = at(hit, "_source.clicks");
        return clicks == null ? 0 : clicks instanceof List<?> ? 40 : ((Number) clicks).doubleValue();
    }

    private static double score(Map<String, Object> hit) {
        return ((Number) hit.get("_score")).doubleValue();
    }

    public void testRecentClicksCountBesideTheSimilarity() throws Exception {
        indexFeed();
        String query = "{\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u7\", \"boost\": 2,"
                + " \"popularity\": {\"field\": \"clicks\", \"weight\": 0.25}}}";
        String script =
                """
                {"script_score": {"boost": 2, "query": {"match_all": {}}, "script": {"lang": "ralm", "source": "ralm_score",
                 "params": {"field": "ralm.seeds", "model": "m1", "user_vector": %s,
                            "popularity": {"field": "clicks", "weight": 0.25}}}}}"""
                        .formatted(json(users.get("u7")));
        for (String asked : List.of(query, script)) {
            List<Map<String, Object>> hits =
                    hits(search("articles", "{\"size\": 20, \"explain\": true, \"query\": " + asked + "}"));
            assertEquals(8, hits.size());
            for (Map<String, Object> hit : hits) {
                double raw = model.score(users.get("u7"), block(hit)).score();
                double expected = Math.log(clicks(hit) + 0.5) + 0.25 * GAMMA * raw + Math.log(2) + 0.25 * GAMMA;
                assertEquals(2 * expected, score(hit), TOLERANCE);
                assertEquals(score(hit), ((Number) at(hit, "_explanation.value")).doubleValue(), TOLERANCE);
            }
        }
        assertTopHitsAreThoseOfAllHits(query);
    }

    /** Where only the best hits are wanted, bounds of scores decide what is looked at. */
    private void assertTopHitsAreThoseOfAllHits(String query) throws Exception {
        String body = "{\"size\": %s, \"track_total_hits\": false, \"query\": {\"bool\": {\"should\": [%s, "
                + "{\"constant_score\": {\"filter\": {\"match_all\": {}}, \"boost\": 3}}]}}}";
        List<Map<String, Object>> all = hits(search("articles", body.formatted(20, query)));
        List<Map<String, Object>> best = hits(search("articles", body.formatted(2, query)));
        for (int i = 0; i < 2; i++) {
            assertEquals(all.get(i).get("_id"), best.get(i).get("_id"));
            assertEquals(score(all.get(i)), score(best.get(i)), TOLERANCE);
        }
    }

    private List<Map<String, Object>> missing(String user, String policy) throws Exception {
        return hits(search(
                "articles",
                """
                {"size": 20, "query": {"ralm_score": {"feed": "news", "user_id": "%s", "missing_user": "%s"}}}"""
                        .formatted(user, policy)));
    }

    public void testMissingUsersMatchNothingOrAreScoredByTheMeanUser() throws Exception {
        indexFeed();
        put("/users/_doc/stranger?refresh=true", "{\"model\": \"m0\", \"vector\": " + json(users.get("u1")) + "}");
        put("/users/_doc/bare?refresh=true", "{\"model\": \"m1\"}");
        put("/users/_doc/narrow?refresh=true", "{\"vector\": [1, 0]}");
        long before = missingUsers();
        for (String user : List.of("ghost", "stranger", "bare", "narrow")) {
            assertEquals(0, missing(user, "empty").size());
            List<Map<String, Object>> hits = missing(user, "global");
            assertEquals(8, hits.size());
            for (Map<String, Object> hit : hits) {
                Similarity similarity = model.score(model.meanUser().orElseThrow(), block(hit));
                assertEquals((1 + similarity.score()) / 2, score(hit), TOLERANCE);
            }
        }
        for (Map<String, Object> hit : missing("u7", "global")) {
            assertEquals((1 + model.score(users.get("u7"), block(hit)).score()) / 2, score(hit), TOLERANCE);
        }
        assertEquals(before + 8, missingUsers());
        String error = "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"%s\"}}}";
        assertRefused(
                404, "POST", "/articles/_search", error.formatted("ghost"), "user [ghost] has no vector in users");
        assertRefused(
                400, "POST", "/articles/_search", error.formatted("stranger"), "made by model [m0], but the feed uses");
        assertEquals(before + 10, missingUsers());
    }

    @SuppressWarnings("unchecked")
    private static long missingUsers() throws Exception {
        Map<String, Object> nodes =
                (Map<String, Object>) get("/_plugins/_ralm/stats/missing_users").get("nodes");
        return nodes.values().stream()
                .mapToLong(node -> ((Number) ((Map<?, ?>) node).get("missing_users")).longValue())
                .sum();
    }

    public void testWithoutAMeanUserTheModelIsNamed() throws Exception {
        upload(artifact("m1", 1));
        createCandidates("articles", 1);
        indexUsers("users", "m1", 1, 3);
        createFeed("news", "articles", "users", "m1");
        assertRefused(
                400,
                "POST",
                "/articles/_search",
                "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"ghost\", \"missing_user\": \"global\"}}}",
                "user [ghost] has no vector in users index [users]",
                "model [m1] has no mean user");
    }
}
