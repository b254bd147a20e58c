package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** After everything, be it done or refused, the circuit breaker has what the caches hold, and nothing else. */
@ClusterScope(numDataNodes = 1, numClientNodes = 0, supportsDedicatedMasters = false)
public class MemoryAccountTests extends RalmIntegTestCase {

    private static final String STATS = "/_plugins/_ralm/stats/memory_bytes,model_cache_bytes,user_cache_bytes,"
            + "feed_cache_bytes,refresh_memory_bytes,memory_refusals,refresh_postponed,ingest_rejections,"
            + "click_rejections";

    /** What the refresh takes for a batch of candidates. */
    private long batch;

    @Before
    public void makeFeed() throws IOException {
        BlockMaker maker = new BlockMaker(TestFeeds.feed("users", "m1", 4), upload(artifact("m1", 1)));
        batch = 4L * 200 * maker.largestBlock();
        createCandidates("articles", 1);
        createClicks("clicks", 1);
        indexUsers("users", "m1", 50, 3);
        createFeed("news", "articles", "clicks", "users", "m1");
        createPipeline("news");
    }

    @After
    public void freeTheBreaker() throws IOException {
        limit(null);
    }

    private static void limit(String limit) throws IOException {
        String value = limit == null ? null : "\"" + limit + "\"";
        String overhead = limit == null ? null : "1";
        put(
                "/_cluster/settings",
                "{\"transient\": {\"breaker.ralm.limit\": %s, \"breaker.ralm.overhead\": %s}}"
                        .formatted(value, overhead));
    }

    private static Map<?, ?> stats() throws IOException {
        Collection<?> nodes = ((Map<?, ?>) get(STATS).get("nodes")).values();
        return (Map<?, ?>) nodes.iterator().next();
    }

    private static long stat(String name) throws IOException {
        return ((Number) stats().get(name)).longValue();
    }

    private static void assertNothingIsLeft(String after) throws Exception {
        await(() -> {
            Map<?, ?> stats = stats();
            long held = 0;
            for (String holder : new String[] {"model_cache", "user_cache", "feed_cache", "refresh_memory"}) {
                held += ((Number) stats.get(holder + "_bytes")).longValue();
            }
            assertEquals(after + ": " + stats, held, ((Number) stats.get("memory_bytes")).longValue());
        });
    }

    public void testWhatOperationsTakeTheyGiveBack() throws Exception {
        assertNothingIsLeft("setup");
        upload(artifact("m2", 2));
        assertNothingIsLeft("upload");
        assertRefused(400, "PUT", "/_plugins/_ralm/models/m3", TestModels.upload(artifact("m4", 2)), "m3");
        assertRefused(400, "PUT", "/_plugins/_ralm/models/m3", "{\"model\": {}, \"weights\": \"?\"}", "base64");
        assertNothingIsLeft("refused uploads");
        put("/articles/_doc/a?pipeline=ralm", "{\"seed_users\": [\"u1\", \"u2\", \"nobody\"]}");
        put("/articles/_doc/a?pipeline=ralm", "{\"seed_users\": [\"u3\"]}");
        assertRefused(400, "PUT", "/articles/_doc/b?pipeline=ralm", "{\"seed_users\": 7}", "seed_users");
        assertNothingIsLeft("candidates");
        put("/clicks/_doc/a:u9?routing=a&pipeline=clicks", "{\"candidate\": \"a\", \"user\": \"u9\"}");
        assertRefused(400, "PUT", "/clicks/_doc/x?routing=a&pipeline=clicks", "{\"candidate\": \"a\"}", "user");
        assertTrue(stat("user_cache_bytes") > 0);
        assertNothingIsLeft("clicks");
        call("POST", "/clicks,articles/_refresh", null);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertTrue(stat("refresh_memory_bytes") > 0);
        assertNothingIsLeft("refresh");
        search("articles", "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\"}}}");
        search("users", "{\"query\": {\"ralm_audience\": {\"feed\": \"news\", \"candidate\": \"a\"}}}");
        get("/_plugins/_ralm/candidates/news/a");
        assertNothingIsLeft("searches");
        call("DELETE", "/_plugins/_ralm/feeds/news", null);
        call("DELETE", "/_plugins/_ralm/models/m1", null);
        assertNothingIsLeft("deletion");
    }

    public void testWhereThereIsNoMemoryRequestsAreRefusedAndNothingIsHarmed() throws Exception {
        put("/articles/_doc/a?pipeline=ralm&refresh=true", "{\"seed_users\": [\"u1\", \"u2\"]}");
        long rejected = stat("ingest_rejections");
        long rejectedClicks = stat("click_rejections");
        limit("1b");
        assertRefused(429, "PUT", "/_plugins/_ralm/models/m2", TestModels.upload(artifact("m2", 2)), "ralm_upload");
        assertRefused(429, "PUT", "/articles/_doc/b?pipeline=ralm", "{\"seed_users\": [\"u3\"]}", "ralm_seeds");
        assertRefused(
                429,
                "PUT",
                "/clicks/_doc/a:u9?routing=a&pipeline=clicks",
                "{\"candidate\": \"a\", \"user\": \"u9\"}",
                "ralm_clicks");
        String audience = "{\"query\": {\"ralm_audience\": {\"feed\": \"news\", \"candidate\": \"a\"}}}";
        assertRefused(429, "POST", "/users/_search", audience, "ralm_audience");
        assertEquals(
                "what is in memory is still searched with",
                1,
                hits(search("articles", "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\"}}}"))
                        .size());
        assertTrue(stat("memory_refusals") >= 4);
        assertEquals(1, stat("ingest_rejections") - rejected);
        assertEquals(1, stat("click_rejections") - rejectedClicks);
        limit(null);
        assertNothingIsLeft("refusals");
        upload(artifact("m2", 2));
        put("/articles/_doc/b?pipeline=ralm", "{\"seed_users\": [\"u3\"]}");
    }

    public void testACandidateTooLargeForTheMemoryIsPassedOverAndCountedLater() throws Exception {
        put("/articles/_doc/small", "{}");
        put("/articles/_doc/large", "{}");
        StringBuilder clicks = new StringBuilder();
        for (int u = 0; u < 40; u++) {
            clicks.append("{\"index\": {\"_index\": \"clicks\", \"pipeline\": \"clicks\"}}\n"
                    + "{\"candidate\": \"large\", \"user\": \"u" + u + "\"}\n");
        }
        clicks.append("{\"index\": {\"_index\": \"clicks\", \"pipeline\": \"clicks\"}}\n"
                + "{\"candidate\": \"small\", \"user\": \"u1\"}\n");
        bulk(clicks);
        limit(stat("memory_bytes") + batch + 5_000 + "b");
        Map<String, Object> status = call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertEquals(status.toString(), 1, at(status, "backlog.candidates"));
        assertTrue(
                status.toString(),
                at(status, "shards.0.last_cycle.error").toString().contains("ralm_clustering"));
        assertEquals(1, at(get("/articles/_doc/small"), "_source.ralm.seed_count"));
        assertEquals(Map.of(), get("/articles/_doc/large").get("_source"));
        assertTrue(stat("refresh_postponed") > 0);
        limit(null);
        status = call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertEquals(0, at(status, "backlog.candidates"));
        assertEquals(40, at(get("/articles/_doc/large"), "_source.ralm.seed_count"));
        assertNothingIsLeft("refresh");
    }
}
