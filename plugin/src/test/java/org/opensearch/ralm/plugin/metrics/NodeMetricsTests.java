package org.opensearch.ralm.plugin.metrics;

import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.After;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 2, numClientNodes = 0, supportsDedicatedMasters = false)
public class NodeMetricsTests extends RalmIntegTestCase {

    private static final String SCORE = "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\"}}}";

    @After
    public void stopLogging() throws IOException {
        setting("plugins.ralm.enabled", null);
        setting("plugins.ralm.metrics.interval", null);
        // Waits for a span that is being logged just now.
        append();
    }

    private static void setting(String name, String value) throws IOException {
        put(
                "/_cluster/settings",
                "{\"transient\": {\"" + name + "\": " + (value == null ? null : "\"" + value + "\"") + "}}");
    }

    private static void append() {
        internalCluster().getInstances(NodeMetrics.class).forEach(NodeMetrics::append);
    }

    private static List<Map<String, Object>> spans() throws IOException {
        call("POST", "/ralm-metrics-*/_refresh", null);
        return hits(search(
                "ralm-metrics-*",
                "{\"size\": 1000, \"sort\": \"@timestamp\", \"query\": {\"term\": {\"kind\": \"node\"}}}"));
    }

    /** What has been logged of a statistic altogether, by node. */
    private static Map<String, Long> sums(String stat) throws IOException {
        Map<String, Long> sums = new HashMap<>();
        for (Map<String, Object> span : spans()) {
            sums.merge(
                    (String) at(span, "_source.node"),
                    ((Number) at(span, "_source.stats." + stat)).longValue(),
                    Long::sum);
        }
        return sums;
    }

    /** What the nodes say they have counted. */
    private static Map<String, Long> counted(String stat) throws IOException {
        Map<String, Long> counted = new HashMap<>();
        for (Object node : ((Map<?, ?>) get("/_plugins/_ralm/stats").get("nodes")).values()) {
            Map<?, ?> numbers = (Map<?, ?>) node;
            counted.put((String) numbers.get("name"), ((Number) numbers.get(stat)).longValue());
        }
        return counted;
    }

    private static void makeFeed() throws IOException {
        makeFeedWithoutClicks(2, 5);
        put("/articles/_doc/a?pipeline=ralm&refresh=true", "{\"seed_users\": [\"u1\", \"u2\"]}");
    }

    public void testTheSumOfAllSpansIsWhatTheNodesHaveCounted() throws IOException {
        makeFeed();
        Map<String, Long> before = counted("queries");
        append();
        Map<String, Long> logged = sums("queries");
        for (int search = 0; search < 5; search++) {
            search("articles", SCORE);
        }
        append();
        search("articles", SCORE);
        append();
        Map<String, Long> grown = sums("queries");
        counted("queries").forEach((node, count) -> {
            long sum = grown.get(node) - logged.get(node);
            assertEquals(node, count - before.get(node), sum);
        });
        for (Map<String, Object> span : spans()) {
            assertTrue(span.toString(), (double) at(span, "_source.seconds") > 0);
            assertTrue(span.toString(), ((Number) at(span, "_source.stats.memory_bytes")).longValue() > 0);
        }
    }

    public void testNothingIsLoggedWhileThePluginIsOff() throws IOException {
        makeFeed();
        append();
        int before = spans().size();
        assertTrue(before > 0);
        search("articles", SCORE);
        setting("plugins.ralm.enabled", "false");
        append();
        assertEquals(before, spans().size());
    }

    public void testASpanThatCouldNotBeLoggedIsPartOfTheNext() throws IOException {
        makeFeed();
        append();
        Map<String, Long> logged = sums("queries");
        String block = "/" + MetricsLog.indexOf(Instant.now()) + "/_settings";
        Map<String, Long> before = counted("queries");
        search("articles", SCORE);
        put(block, "{\"index.blocks.write\": true}");
        append();
        put(block, "{\"index.blocks.write\": null}");
        assertEquals(logged, sums("queries"));
        search("articles", SCORE);
        append();
        Map<String, Long> grown = sums("queries");
        counted("queries")
                .forEach((node, count) ->
                        assertEquals(node, count - before.get(node), grown.get(node) - logged.get(node)));
    }

    public void testSpansAreLoggedByThemselves() throws Exception {
        makeFeed();
        setting("plugins.ralm.metrics.interval", "1s");
        await(() -> assertEquals(2, sums("queries").size()));
    }
}
