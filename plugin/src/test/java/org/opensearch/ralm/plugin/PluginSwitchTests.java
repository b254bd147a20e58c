package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.junit.Before;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 1, numClientNodes = 0, supportsDedicatedMasters = false)
public class PluginSwitchTests extends RalmIntegTestCase {

    private static final String SAYS = "the plugin is switched off by [plugins.ralm.enabled], which has to be true";
    private static final String SCORE = "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\"}}}";

    @Before
    public void makeFeed() throws IOException {
        upload(artifact("m1", 1));
        createCandidates("articles", 1);
        createClicks("clicks", 1);
        indexUsers("users", "m1", 50, 3);
        createFeed("news", "articles", "clicks", "users", "m1");
        createPipeline("news");
        put("/articles/_doc/a?pipeline=ralm&refresh=true", "{\"seed_users\": [\"u1\", \"u2\"]}");
    }

    @After
    public void switchBackOn() throws IOException {
        switchOn(null);
    }

    private static void switchOn(Boolean on) throws IOException {
        put("/_cluster/settings", "{\"transient\": {\"plugins.ralm.enabled\": " + on + "}}");
    }

    public void testRoutesAndQueriesSayThatThePluginIsOff() throws IOException {
        switchOn(false);
        for (List<String> call : List.of(
                List.of("GET", "models"),
                List.of("GET", "models/m1"),
                List.of("PUT", "models/m2"),
                List.of("DELETE", "models/m1"),
                List.of("GET", "feeds"),
                List.of("GET", "feeds/news"),
                List.of("PUT", "feeds/news"),
                List.of("DELETE", "feeds/news"),
                List.of("POST", "feeds/news/_setup"),
                List.of("GET", "feeds/news/_status"),
                List.of("POST", "feeds/news/_refresh"),
                List.of("GET", "candidates/news/a"))) {
            String body = call.get(0).equals("PUT")
                    ? call.get(1).startsWith("models")
                            ? TestModels.upload(artifact("m2", 2))
                            : "{\"candidates\": \"articles\", \"users\": \"users\", \"model\": \"m1\"}"
                    : null;
            assertRefused(403, call.get(0), "/_plugins/_ralm/" + call.get(1), body, SAYS);
        }
        assertRefused(403, "POST", "/articles/_search", SCORE, "query [ralm_score]", SAYS);
        String audience = "{\"query\": {\"ralm_audience\": {\"feed\": \"news\", \"candidate\": \"a\"}}}";
        assertRefused(403, "POST", "/users/_search", audience, "query [ralm_audience]", SAYS);
        String script =
                """
                {"query": {"script_score": {"query": {"match_all": {}}, "script": {"lang": "ralm",
                 "source": "ralm_score", "params": {"field": "ralm.seeds", "user_vector": [1], "model": "m1"}}}}}""";
        assertRefused(400, "POST", "/articles/_search", script, "script [ralm_score]", SAYS);
        assertEquals(
                1,
                hits(search("articles", "{\"query\": {\"exists\": {\"field\": \"ralm.seeds\"}}}"))
                        .size());
        assertNotNull(get("/_plugins/_ralm/stats").get("nodes"));
        switchOn(true);
        assertEquals(1, hits(search("articles", SCORE)).size());
    }

    public void testNewSeedsOfACandidateThatWasCountedBeforeCountLater() throws IOException {
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertNotNull(at(get("/articles/_doc/a"), "_source.ralm.clicks_shard"));
        switchOn(false);
        put("/articles/_doc/a?pipeline=ralm", "{\"seed_users\": [\"u3\"]}");
        switchOn(true);
        call("POST", "/articles/_refresh", null);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertEquals(3, at(get("/articles/_doc/a"), "_source.ralm.seed_count"));
    }

    public void testWhatIsWrittenMeanwhileIsKeptAndCountedLater() throws IOException {
        Map<String, Object> before = get("/articles/_doc/a");
        switchOn(false);
        put("/articles/_doc/a?pipeline=ralm", "{\"lang\": \"en\", \"seed_users\": [\"u3\"]}");
        put("/articles/_doc/b?pipeline=ralm", "{\"seed_users\": [\"u4\"]}");
        bulk(
                """
                {"index": {"_index": "clicks", "pipeline": "clicks"}}
                {"candidate": "a", "user": "u5", "vector": "AAAA", "model": "m1"}
                {"index": {"_index": "clicks", "pipeline": "clicks"}}
                {"candidate": "c", "user": "u6"}
                """);
        assertRefused(
                400, "PUT", "/clicks/_doc/x?routing=a&pipeline=clicks", "{\"candidate\": \"a\"}", "[user] of a click");
        Map<String, Object> after = get("/articles/_doc/a");
        assertEquals(at(before, "_source.ralm"), at(after, "_source.ralm"));
        assertEquals(List.of("u1", "u2", "u3"), at(after, "_source.seed_users"));
        assertEquals("en", at(after, "_source.lang"));
        assertEquals(List.of("u4"), at(get("/articles/_doc/b"), "_source.seed_users"));
        Map<?, ?> click = (Map<?, ?>) get("/clicks/_doc/a:u5?routing=a").get("_source");
        assertEquals(true, click.get("unknown_user"));
        assertNull(click.get("vector"));
        switchOn(true);
        put("/articles/_doc/a?pipeline=ralm", "{\"lang\": \"en\"}");
        put("/articles/_doc/b?pipeline=ralm", "{}");
        put("/articles/_doc/c?pipeline=ralm", "{}");
        call("POST", "/clicks,articles/_refresh", null);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertEquals(4, at(get("/articles/_doc/a"), "_source.ralm.seed_count"));
        assertEquals(1, at(get("/articles/_doc/b"), "_source.ralm.seed_count"));
        assertEquals(1, at(get("/articles/_doc/c"), "_source.ralm.seed_count"));
    }
}
