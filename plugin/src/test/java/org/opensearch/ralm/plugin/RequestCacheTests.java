package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** What shards remember of requests is only told to those who ask for the very same. */
@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class RequestCacheTests extends IndexedFeedTestCase {

    private int hits;

    /** The best score of all candidates, by an aggregation, the answer of which is remembered. */
    private static Object best(String query) throws IOException {
        Map<String, Object> response = call(
                "POST",
                "/articles/_search?request_cache=true",
                "{\"size\": 0, \"query\": " + query + ", \"aggs\": {\"best\": {\"max\": {\"script\": \"_score\"}}}}");
        assertEquals(response.toString(), 0, at(response, "_shards.failed"));
        return at(response, "aggregations.best.value");
    }

    private Object best() throws IOException {
        return best(LOOKALIKE);
    }

    private void assertRemembered(int more) throws IOException {
        hits += more;
        assertEquals(hits, at(get("/articles/_stats/request_cache"), "_all.total.request_cache.hit_count"));
    }

    private static void assertBest(double expected, Object best) {
        assertEquals(expected, ((Number) best).doubleValue(), TOLERANCE);
    }

    private double bestOf(LookalikeModel by, float[] user) throws IOException {
        return hits(search("articles", "{\"size\": 100, \"query\": {\"exists\": {\"field\": \"ralm.seeds\"}}}"))
                .stream()
                .mapToDouble(hit -> (1 + by.score(user, block(hit)).score()) / 2)
                .max()
                .orElseThrow();
    }

    @Override
    void indexFeed() throws IOException {
        super.indexFeed();
        hits = (Integer) at(get("/articles/_stats/request_cache"), "_all.total.request_cache.hit_count");
    }

    public void testOnlyTheSameUserModelAndSeedsAreRemembered() throws Exception {
        indexFeed();
        assertBest(bestOf(model, users.get(USER)), best());
        assertRemembered(0);
        assertBest(bestOf(model, users.get(USER)), best());
        assertRemembered(3);
        best(LOOKALIKE.replace("u7", "u8"));
        assertRemembered(0);

        put("/users/_doc/u7", "{\"model\": \"m1\", \"vector\": " + json(users.get("u9")) + "}");
        assertBest(bestOf(model, users.get("u9")), best());
        assertRemembered(0);

        put("/articles/_doc/a0?pipeline=ralm&refresh=true", "{\"seed_users\": [\"u9\"]}");
        assertBest(bestOf(model, users.get("u9")), best());
        assertRemembered(2);
        assertBest(bestOf(model, users.get("u9")), best());
        assertRemembered(3);
    }

    public void testAnotherModelOfTheFeedIsNotMistakenForTheOneBefore() throws Exception {
        indexFeed();
        best();
        LookalikeModel other = upload(artifact("m2", 2));
        Map<String, float[]> otherUsers = indexUsers("users2", "m2", 60, 5);
        createFeed("news", "articles", "users2", "m2");
        assertNull("no candidate has a block of the model", best());
        assertRemembered(0);
        indexCandidates("articles", new Random(4));
        assertBest(bestOf(other, otherUsers.get(USER)), best());
        assertRemembered(0);
    }

    public void testScriptsOfModelsThatMayBeReplacedAreNotRemembered() throws Exception {
        indexFeed();
        String script =
                """
                {"script_score": {"query": {"match_all": {}}, "script": {"lang": "ralm", "source": "ralm_score",
                 "params": {"field": "ralm.seeds", "model": "m0", "user_vector": %s}}}}"""
                        .formatted(json(users.get(USER)));
        upload(artifact("m0", 2));
        assertBest(0, best(script));
        call("DELETE", "/_plugins/_ralm/models/m0", null);
        LookalikeModel replaced = upload(artifact("m0", 3));
        indexUsers("users3", "m0", 60, 3);
        createFeed("news", "articles", "users3", "m0");
        assertBest(0, best(script));
        assertRemembered(0);
        indexCandidates("articles", new Random(4));
        assertBest(bestOf(replaced, users.get(USER)), best(script));
        assertRemembered(0);
    }
}
