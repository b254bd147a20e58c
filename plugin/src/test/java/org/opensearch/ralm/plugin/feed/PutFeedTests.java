package org.opensearch.ralm.plugin.feed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.opensearch.client.ResponseException;
import org.opensearch.plugins.Plugin;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.RefusingPlugin;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class PutFeedTests extends RalmIntegTestCase {

    private static final String PATH = "/_plugins/_ralm/feeds/news";
    private static final String FEED =
            """
            {"candidates": "articles", "clicks": "clicks", "users": "users", "model": "m1"}""";

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(super.nodePlugins());
        plugins.add(RefusingPlugin.class);
        return plugins;
    }

    public void testCallerMustBeAllowedToReadAndWriteWhatTheFeedNames() throws Exception {
        upload(artifact("m1", 1));
        createCandidates("articles", 1);
        createClicks("clicks", 2);
        indexUsers("users", "m1", 1, 1);
        for (String right : List.of(
                "indices:data/read/search@articles",
                "indices:data/write/update@articles",
                "indices:data/read/search@clicks",
                "indices:data/write/update@clicks",
                "indices:data/read/search@users")) {
            String[] parts = right.split("@");
            ResponseException e =
                    expectThrows(ResponseException.class, () -> callWithout(parts[0], parts[1], "PUT", PATH, FEED));
            assertEquals(403, e.getResponse().getStatusLine().getStatusCode());
            assertTrue(e.getMessage(), e.getMessage().contains("no permissions for [" + right + "]"));
            assertRefused(404, "GET", PATH, null, "feed [news] does not exist");
        }
        callWithout("indices:data/write/update", "users", "PUT", PATH, FEED);
        assertEquals("news", get(PATH).get("feed"));
        call("POST", "/articles,clicks/_refresh", null);
        assertEquals(List.of(), hits(search("articles,clicks", "{}")));
    }

    public void testTwoFeedsMustNotKeepTheirBlocksInOneField() throws Exception {
        upload(artifact("m1", 1));
        createCandidates("articles", 1);
        put(PATH, FEED);
        put(PATH, FEED);
        String path = "/_plugins/_ralm/feeds/other";
        String same = "{\"candidates\": \"%s\", \"users\": \"users\", \"model\": \"m1\"%s}";
        assertRefused(
                409,
                "PUT",
                path,
                same.formatted("articles", ""),
                "feed [other] keeps its blocks in field [ralm.seeds] of candidates [articles], but so does feed [news]",
                "expected another [field] or other [candidates]");
        put("/articles/_alias/all", null);
        assertRefused(409, "PUT", path, same.formatted("all", ""), "of candidates [all]", "feed [news], of [articles]");
        assertRefused(404, "GET", path, null, "feed [other] does not exist");
        put("/articles/_mapping", "{\"properties\": {\"next.seeds\": {\"type\": \"ralm_seeds\", \"dimension\": 8}}}");
        put(path, same.formatted("articles", ", \"field\": \"next.seeds\""));
        put(path, same.formatted("others", ""));
        assertRefused(409, "PUT", "/_plugins/_ralm/feeds/third", same.formatted("others", ""), "[third]", "[other]");
    }

    public void testIndicesThatExistMustFit() throws Exception {
        upload(artifact("m1", 1));
        put("/clicks", "{\"mappings\": {\"properties\": {\"candidate\": {\"type\": \"keyword\"}}}}");
        assertRefused(400, "PUT", PATH, FEED, "index [clicks] has [_routing.required] false, expected true");
        call("DELETE", "/clicks", null);
        put("/clicks", "{\"mappings\": {\"_routing\": {\"required\": true}}}");
        assertRefused(
                400, "PUT", PATH, FEED, "index [clicks] has no field [candidate], expected one of type [keyword]");
        call("DELETE", "/clicks", null);
        createClicks("clicks", 1);
        put(PATH, FEED);
    }
}
