package org.opensearch.ralm.plugin.seeds;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.client.Response;
import org.opensearch.plugins.Plugin;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.RefusingPlugin;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.ralm.plugin.click.ClickFields;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** The seeds that candidates list, in a feed with clicks. */
@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class SeedClicksTests extends RalmIntegTestCase {

    private LookalikeModel model;
    private Map<String, float[]> users;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(super.nodePlugins());
        plugins.add(RefusingPlugin.class);
        return plugins;
    }

    private void createFeed() throws Exception {
        model = upload(artifact("m1", 1));
        createCandidates("articles", 2);
        createClicks("clicks", 2);
        users = indexUsers("users", "m1", 20, 3);
        createFeed("news", "articles", "clicks", "users", "m1");
        createPipeline("news");
        put("/articles/_settings", "{\"index\": {\"default_pipeline\": \"ralm\"}}");
    }

    private static void refresh(String parameters) throws Exception {
        Map<String, Object> status = call("POST", "/_plugins/_ralm/feeds/news/_refresh" + parameters, null);
        assertEquals(status.toString(), 0, at(status, "_nodes.failed"));
    }

    private SeedBlock clustered(String id, String... seeds) {
        TreeMap<String, float[]> vectors = new TreeMap<>();
        for (String seed : seeds) {
            vectors.put(seed, users.get(seed));
        }
        return new BlockMaker(TestFeeds.feed("clicks", "users", "m1", 4), model).fromScratch(id, vectors);
    }

    private static Map<String, Object> read(String id) throws Exception {
        return get("/articles/_doc/" + id);
    }

    private static Map<String, Object> click(String candidate, String user) throws Exception {
        return get("/clicks/_doc/" + candidate + ":" + user + "?routing=" + candidate);
    }

    private static int clicks() throws Exception {
        call("POST", "/clicks/_refresh", null);
        return (int) at(get("/clicks/_count"), "count");
    }

    public void testListedSeedsBecomeClicksAndABlockAtOnce() throws Exception {
        createFeed();
        put("/articles/_doc/a", "{\"seed_users\": [\"u1\", \"u2\", \"ghost\"]}");
        assertEquals(3, clicks());
        Map<String, Object> click = click("a", "u1");
        assertEquals("m1", at(click, "_source.model"));
        assertEquals(ClickFields.encoded(users.get("u1")), at(click, "_source.vector"));
        assertEquals(0, at(click, "_source.time"));
        assertEquals(true, at(click("a", "ghost"), "_source.unknown_user"));
        assertEquals(clustered("a", "u1", "u2"), block(read("a")));
        assertEquals(List.of("u1", "u2", "ghost"), at(read("a"), "_source.seed_users"));
    }

    public void testWritingTheSameAgainChangesNothing() throws Exception {
        createFeed();
        put("/articles/_doc/a", "{\"seed_users\": [\"u1\", \"u2\"]}");
        Object before = at(read("a"), "_source");
        put("/articles/_doc/a", "{\"seed_users\": [\"u2\", \"u1\"]}");
        assertEquals(before, at(read("a"), "_source"));
        assertEquals(1, at(click("a", "u1"), "_version"));
        assertEquals(2, clicks());
    }

    public void testUserWhoHasClickedKeepsTheClick() throws Exception {
        createFeed();
        put("/clicks/_doc/a:u1?routing=a&pipeline=clicks", "{\"candidate\": \"a\", \"user\": \"u1\", \"time\": 5000}");
        put("/articles/_doc/a", "{\"seed_users\": [\"u1\", \"u2\"]}");
        assertEquals(5000, at(click("a", "u1"), "_source.time"));
        assertEquals(1, at(click("a", "u1"), "_version"));
        assertEquals(2, clicks());
    }

    public void testBlockThatFitsIsLeftToTheRefresh() throws Exception {
        createFeed();
        put("/articles/_doc/a", "{\"seed_users\": [\"u1\", \"u2\"]}");
        Object object = at(read("a"), "_source.ralm");
        put("/articles/_doc/a", "{\"lang\": \"en\", \"seed_users\": [\"u3\", \"u4\", \"u5\"]}");
        assertEquals(object, at(read("a"), "_source.ralm"));
        assertEquals("en", at(read("a"), "_source.lang"));
        assertEquals(5, clicks());
        refresh("");
        assertEquals(5, at(read("a"), "_source.ralm.seed_count"));
    }

    public void testListingAndClickingLeadToTheSameBlock() throws Exception {
        createFeed();
        put("/articles/_doc/a", "{\"seed_users\": [\"u1\", \"u2\", \"u3\", \"u4\", \"u5\", \"u6\"]}");
        SeedBlock listed = block(read("a"));
        call("DELETE", "/articles/_doc/a", null);
        put("/articles/_doc/a", "{}");
        refresh("?recluster=true");
        assertEquals(listed, block(read("a")));
    }

    public void testCandidateWithoutAnIdGetsOne() throws Exception {
        createFeed();
        String id = (String)
                call("POST", "/articles/_doc", "{\"seed_users\": [\"u1\"]}").get("_id");
        assertEquals("m1", at(click(id, "u1"), "_source.model"));
    }

    public void testCandidateWhoseClicksAreRefusedIsNotWritten() throws Exception {
        createFeed();
        String lines =
                """
                {"index": {"_index": "articles", "_id": "a"}}
                {"seed_users": ["u1"]}
                {"index": {"_index": "articles", "_id": "b"}}
                {"lang": "en"}
                """;
        Response response = callWithout("indices:data/write/bulk[s]", "clicks", "POST", "/_bulk", lines);
        Map<String, Object> items = parse(response);
        assertEquals(403, at(items, "items.0.index.status"));
        assertTrue(
                items.toString(), items.toString().contains("no permissions for [indices:data/write/bulk[s]@clicks]"));
        assertEquals(201, at(items, "items.1.index.status"));
        assertEquals(0, clicks());
        assertRefused(404, "GET", "/articles/_doc/a", null, "\"found\":false");
    }

    public void testSeedsThatCannotBecomeClicksAreRefused() throws Exception {
        createFeed();
        String seeds = "{\"seed_users\": [\"u1\"]}";
        assertRefused(
                400,
                "PUT",
                "/articles/_doc/a?routing=x",
                seeds,
                "candidates of feed [news], which has clicks, must not be routed, but candidate [a] is routed by [x]");
        assertRefused(400, "PUT", "/articles/_doc/" + "a".repeat(511), seeds, "at most 512 bytes");
        call("DELETE", "/clicks", null);
        assertRefused(
                400, "PUT", "/articles/_doc/a", seeds, "index [clicks] does not exist; make it with the [_setup]");
        put("/articles/_doc/b", "{\"lang\": \"en\"}");
        assertRefused(404, "GET", "/clicks", null, "no such index");
    }
}
