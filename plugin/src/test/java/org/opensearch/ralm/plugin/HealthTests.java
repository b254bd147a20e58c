package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.After;
import org.junit.Before;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 2, numClientNodes = 0, supportsDedicatedMasters = false)
public class HealthTests extends RalmIntegTestCase {

    @Before
    public void makeFeed() throws Exception {
        upload(artifact("m1", 1));
        createCandidates("articles", 1);
        createClicks("clicks", 1);
        indexUsers("users", "m1", 20, 3);
        createFeed("news", "articles", "clicks", "users", "m1");
        createPipeline("news");
        pipeline("articles", "ralm");
        pipeline("clicks", "clicks");
        settings("plugins.ralm.refresh.enabled", true);
        ensureGreen();
    }

    @After
    public void resetSettings() throws IOException {
        settings("plugins.ralm.refresh.enabled", null);
        settings("plugins.ralm.enabled", null);
    }

    private static void settings(String name, Boolean value) throws IOException {
        put("/_cluster/settings", "{\"transient\": {\"" + name + "\": " + value + "}}");
    }

    private static void pipeline(String index, String name) throws IOException {
        put("/" + index + "/_settings", "{\"index.default_pipeline\": \"" + name + "\"}");
    }

    /** The reasons, with the feeds they are of, but for the field for thresholds that the candidates lack. */
    private static Map<String, Object> reasons() throws IOException {
        Map<String, Object> reasons = allReasons();
        reasons.remove("exposure_unknown");
        return reasons;
    }

    private static Map<String, Object> allReasons() throws IOException {
        Map<String, Object> reasons = new TreeMap<>();
        for (Object reason : (List<?>) get("/_plugins/_ralm/_health").get("reasons")) {
            Map<?, ?> members = (Map<?, ?>) reason;
            assertNotNull(members.get("advice"));
            assertNotNull(members.get("detail"));
            reasons.put((String) members.get("reason"), members.get("feed"));
        }
        return reasons;
    }

    private static void assertHealth(String status, Map<String, Object> reasons) throws Exception {
        await(() -> {
            assertEquals(new TreeMap<>(reasons), reasons());
            if (reasons.isEmpty() == false) {
                assertEquals(status, get("/_plugins/_ralm/_health").get("status"));
            }
        });
    }

    public void testWhatIsNotWellIsSaidWithAdvice() throws Exception {
        assertHealth("green", Map.of());
        pipeline("clicks", "_none");
        assertHealth("yellow", Map.of("pipeline_missing", "news"));
        pipeline("clicks", "clicks");
        call("DELETE", "/users", null);
        assertHealth("red", Map.of("users_index_missing", "news"));
        indexUsers("users", "m1", 20, 3);
        assertHealth("green", Map.of());
        call("DELETE", "/articles", null);
        assertHealth("yellow", Map.of("candidates_index_missing", "news"));
        put("/articles", "{\"settings\": {\"index.default_pipeline\": \"ralm\"}}");
        assertHealth("red", Map.of("seeds_field_missing", "news"));
    }

    public void testIndicesThatMustNotBeWrittenToAreSaid() throws Exception {
        for (String index : List.of("clicks", "articles")) {
            put("/" + index + "/_settings", "{\"index.blocks.read_only_allow_delete\": true}");
            assertHealth("yellow", Map.of("index_blocked", "news"));
            put("/" + index + "/_settings", "{\"index.blocks.read_only_allow_delete\": null}");
            assertHealth("green", Map.of());
        }
        put("/users/_settings", "{\"index.blocks.write\": true}");
        assertHealth("green", Map.of());
    }

    public void testItIsAnsweredWhereFeedsCannotBeRead() throws Exception {
        call("POST", "/.plugins-ralm-feeds/_close", null);
        internalCluster().getInstances(FeedCache.class).forEach(feeds -> feeds.renew("news"));
        Map<String, Object> unreadable = new TreeMap<>();
        unreadable.put("feeds_unreadable", null);
        assertHealth("red", unreadable);
        call("POST", "/.plugins-ralm-feeds/_open", null);
        assertHealth("green", Map.of());
    }

    public void testItIsSaidWhatTheRefreshMeets() throws Exception {
        put("/articles/_doc/a1?refresh=true", "{\"seed_users\": [\"u1\"]}");
        call("POST", "/clicks/_doc", "{\"candidate\": \"a1\", \"user\": \"nobody\"}");
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        await(() -> assertEquals(Map.of("exposure_unknown", "news"), allReasons()));

        call("DELETE", "/users", null);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        await(() -> assertEquals("news", allReasons().get("refresh_failing")));

        indexUsers("users", "m1", 20, 3);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        await(() -> assertEquals(Map.of("exposure_unknown", "news"), allReasons()));
    }

    public void testItIsSaidWhatTheRefreshOfListedSeedsMeets() throws Exception {
        createFeed("news", "articles", "users", "m1");
        put("/articles/_doc/a1?refresh=true", "{\"seed_users\": [\"u1\"]}");
        call("DELETE", "/users", null);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh?recluster=true", null);
        await(() -> assertEquals("news", allReasons().get("refresh_failing")));

        indexUsers("users", "m1", 20, 3);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertFalse(allReasons().containsKey("refresh_failing"));
    }

    public void testItIsSaidWhatKeepsAllShardsFromBeingRefreshed() throws Exception {
        put("/clicks/_alias/stream", null);
        createFeed("news", "articles", "stream", "users", "m1");
        createClicks("more", 1);
        put("/more/_alias/stream", null);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        await(() -> assertEquals("news", allReasons().get("refresh_failing")));

        call("DELETE", "/more", null);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertFalse(allReasons().containsKey("refresh_failing"));
    }

    public void testItIsSaidWhatIsOff() throws Exception {
        settings("plugins.ralm.refresh.enabled", false);
        await(() -> assertTrue(reasons().containsKey("refresh_paused")));
        settings("plugins.ralm.enabled", false);
        await(() -> assertTrue(reasons().containsKey("plugin_off")));
        assertFalse(reasons().containsKey("refresh_paused"));
    }
}
