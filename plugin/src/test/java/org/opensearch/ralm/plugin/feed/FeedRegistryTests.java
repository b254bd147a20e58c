package org.opensearch.ralm.plugin.feed;

import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class FeedRegistryTests extends RalmIntegTestCase {

    public void testIndexOfAnOlderPluginIsTakenOver() throws Exception {
        upload(artifact("m1", 1));
        client().admin()
                .indices()
                .prepareCreate(FeedRegistry.INDEX)
                .setMapping(
                        """
                        {"dynamic": "strict", "properties": {"feed": {"type": "keyword"},
                         "candidates": {"type": "keyword"}, "users": {"type": "keyword"}, "model": {"type": "keyword"},
                         "field": {"type": "keyword"}, "k": {"type": "integer"}, "encoding": {"type": "keyword"}}}""")
                .get();
        client().prepareIndex(FeedRegistry.INDEX)
                .setId("old")
                .setSource(
                        "feed",
                        "old",
                        "candidates",
                        "a",
                        "users",
                        "u",
                        "model",
                        "m1",
                        "field",
                        "ralm.seeds",
                        "k",
                        4,
                        "encoding",
                        "int8")
                .get();
        put(
                "/_plugins/_ralm/feeds/news",
                "{\"candidates\": \"b\", \"clicks\": \"c\", \"users\": \"u\", \"model\": \"m1\", \"growth\": 2}");
        assertEquals("1m", at(get("/_plugins/_ralm/feeds/old"), "refresh_interval"));
        assertEquals(2.0, at(get("/_plugins/_ralm/feeds/news"), "growth"));
        assertEquals("c", at(get("/_plugins/_ralm/feeds/news"), "clicks"));
    }
}
