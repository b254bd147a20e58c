package org.opensearch.ralm.plugin.click;

import java.util.List;
import java.util.Map;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class ClicksProcessorTests extends RalmIntegTestCase {

    private Map<String, float[]> users;

    private void createFeed() throws Exception {
        upload(artifact("m1", 1));
        createCandidates("articles", 1);
        createClicks("clicks", 2);
        users = indexUsers("users", "m1", 20, 3);
        createFeed("news", "articles", "clicks", "users", "m1");
        put("/clicks/_settings", "{\"index\": {\"default_pipeline\": \"clicks\"}}");
    }

    private static Map<String, Object> read(String candidate, String user) throws Exception {
        return get("/clicks/_doc/" + ClickId.of(candidate, user) + "?routing=" + candidate);
    }

    private static void assertItem(Map<String, Object> response, int item, int status, String... said) {
        String path = "items." + item + ".index.";
        assertEquals(response.toString(), status, at(response, path + "status"));
        for (String part : said) {
            String reason = String.valueOf(at(response, path + "error"));
            assertTrue("[" + part + "] is not in " + reason, reason.contains(part));
        }
    }

    public void testClicksAreStoredWithTheirUsersVectors() throws Exception {
        createFeed();
        long before = System.currentTimeMillis();
        bulk(
                """
                {"index": {"_index": "clicks"}}
                {"candidate": "a", "user": "u1"}
                {"create": {"_index": "clicks", "_id": "a:u2", "routing": "a"}}
                {"candidate": "a", "user": "u2", "time": "2019-08-04T10:00:00Z"}
                {"index": {"_index": "clicks"}}
                {"candidate": "b", "user": "ghost"}
                """);
        Map<String, Object> click = read("a", "u1");
        assertEquals(ClickFields.encoded(users.get("u1")), at(click, "_source.vector"));
        assertEquals("m1", at(click, "_source.model"));
        assertTrue((long) at(click, "_source.received") >= before);
        assertEquals("2019-08-04T10:00:00Z", at(read("a", "u2"), "_source.time"));
        assertEquals(true, at(read("b", "ghost"), "_source.unknown_user"));
        Map<String, Object> found =
                search("clicks", "{\"query\": {\"term\": {\"unknown_user\": true}}, \"sort\": [\"user\"]}");
        assertEquals(List.of("ghost"), at(found, "hits.hits.0.sort"));
        assertEquals(1, hits(found).size());
    }

    public void testRepeatedClickTakesThePlaceOfTheOneBefore() throws Exception {
        createFeed();
        String click =
                """
                {"index": {"_index": "clicks"}}
                {"candidate": "a", "user": "u1", "time": %s}
                """;
        bulk(click.formatted(1000) + click.formatted(2000));
        bulk(click.formatted(3000));
        assertEquals(3000, at(read("a", "u1"), "_source.time"));
        assertEquals(3, at(read("a", "u1"), "_version"));
        assertEquals(1, hits(search("clicks", "{}")).size());
    }

    public void testClicksWithoutAUsersIndexWaitForIt() throws Exception {
        createFeed();
        call("DELETE", "/users", null);
        bulk(
                """
                {"index": {"_index": "clicks"}}
                {"candidate": "a", "user": "u1"}
                """);
        assertEquals(true, at(read("a", "u1"), "_source.unknown_user"));
    }

    public void testFaultOfOneClickFailsThatClickOnly() throws Exception {
        createFeed();
        put("/others", "{}");
        Map<String, Object> response = call(
                "POST",
                "/_bulk?pipeline=clicks",
                """
                {"index": {"_index": "clicks"}}
                {"candidate": "a", "user": "u1"}
                {"index": {"_index": "clicks"}}
                {"user": "u1"}
                {"index": {"_index": "clicks"}}
                {"candidate": "a", "user": 7}
                {"index": {"_index": "clicks", "_id": "x"}}
                {"candidate": "a", "user": "u1"}
                {"index": {"_index": "clicks", "routing": "x"}}
                {"candidate": "a", "user": "u1"}
                {"index": {"_index": "clicks"}}
                {"candidate": "a", "user": "u1", "time": "now"}
                {"index": {"_index": "clicks"}}
                {"candidate": "a", "user": "LONG"}
                {"index": {"_index": "clicks"}}
                {"candidate": "a", "user": "u2"}
                """
                        .replace("LONG", "u".repeat(511)));
        assertItem(response, 0, 201);
        assertItem(response, 1, 400, "[candidate] of a click is missing");
        assertItem(response, 2, 400, "[user] of a click must be an id", "[7]");
        assertItem(response, 3, 400, "[_id] of a click must be [a:u1]", "[x]");
        assertItem(response, 4, 400, "[_routing] of a click must be [a]", "[x]");
        assertItem(response, 5, 400, "[time] of a click must be a date", "[now]");
        assertItem(response, 6, 400, "has at most 512 bytes");
        assertItem(response, 7, 201);
        assertRefused(
                400,
                "POST",
                "/others/_doc?pipeline=clicks",
                "{\"candidate\": \"a\", \"user\": \"u1\"}",
                "the clicks of feed [news] belong to index [clicks], but this one is sent to [others]");
    }

    public void testFaultsOfPipelines() throws Exception {
        createFeed();
        String pipeline = "{\"processors\": [{\"ralm_clicks\": {%s}}]}";
        assertRefused(400, "PUT", "/_ingest/pipeline/x", pipeline.formatted(""), "[feed] required property is missing");
        assertRefused(
                400,
                "PUT",
                "/_ingest/pipeline/x",
                pipeline.formatted("\"feed\": \"news\", \"batch_size\": 0"),
                "must be 1 to 10000");
        put("/_ingest/pipeline/x", pipeline.formatted("\"feed\": \"olds\""));
        String click = "{\"candidate\": \"a\", \"user\": \"u1\"}";
        assertRefused(404, "POST", "/clicks/_doc?pipeline=x", click, "feed [olds] does not exist");
    }

    public void testNodesSayWhatTheyHaveCounted() throws Exception {
        createFeed();
        long clicks = counted("clicks");
        long hits = counted("user_cache_hits");
        for (int i = 0; i < 10; i++) {
            bulk(
                    """
                    {"index": {"_index": "clicks"}}
                    {"candidate": "a", "user": "u1"}
                    """);
        }
        assertEquals(clicks + 10, counted("clicks"));
        assertTrue(counted("user_cache_hits") > hits);
        assertTrue(counted("user_cache_misses") > 0);
        assertTrue(counted("user_cache_bytes") > 0);
    }

    private static long counted(String name) throws Exception {
        Map<?, ?> nodes = (Map<?, ?>) get("/_plugins/_ralm/stats").get("nodes");
        return nodes.values().stream()
                .mapToLong(node -> ((Number) ((Map<?, ?>) node).get(name)).longValue())
                .sum();
    }
}
