package org.opensearch.ralm.plugin.metrics;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.Stored;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** The index of the metrics, seen from outside. */
@ClusterScope(numDataNodes = 2, supportsDedicatedMasters = false)
public class MetricsLogTests extends RalmIntegTestCase {

    private static final String FEED =
            "{\"candidates\": \"articles\", \"users\": \"users\", \"model\": \"%s\", \"k\": 4}";

    private static String index() {
        return MetricsLog.indexOf(Instant.now());
    }

    private static List<Map<String, Object>> logged(String kind) throws IOException {
        call("POST", "/ralm-metrics-*/_refresh", null);
        return hits(search(
                "ralm-metrics-*",
                """
                {"size": 100, "sort": {"@timestamp": {"unmapped_type": "date"}}, "query": {"term": {"kind": "%s"}}}"""
                        .formatted(kind)));
    }

    public void testEachMonthHasAnIndexOfItsOwn() {
        assertEquals("ralm-metrics-2026.02", MetricsLog.indexOf(Instant.parse("2026-02-28T23:59:59.999Z")));
        assertEquals("ralm-metrics-2026.03", MetricsLog.indexOf(Instant.parse("2026-03-01T00:00:00Z")));
    }

    public void testAModelIsLoggedWhenItIsUploadedAndOnlyOnce() throws IOException {
        upload(artifact("m1", 1));
        upload(artifact("m1", 1));
        List<Map<String, Object>> models = logged("model");
        assertEquals(models.toString(), 1, models.size());
        assertEquals("m1", at(models.get(0), "_source.model"));
        assertEquals(DIMENSION, at(models.get(0), "_source.dimension"));
    }

    public void testAFeedsModelsAreLoggedAndItsOtherChangesAreNot() throws IOException {
        upload(artifact("m1", 1));
        upload(artifact("m2", 2));
        createCandidates("articles", 1);
        indexUsers("users", "m1", 5, 3);
        put("/_plugins/_ralm/feeds/news", FEED.formatted("m1"));
        put("/_plugins/_ralm/feeds/news", FEED.formatted("m1").replace("4}", "5}"));
        put("/_plugins/_ralm/feeds/news", FEED.formatted("m2"));
        List<Map<String, Object>> changes = logged("rollout");
        assertEquals(changes.toString(), 2, changes.size());
        assertEquals("defined", at(changes.get(0), "_source.event"));
        assertEquals("m1", at(changes.get(0), "_source.model"));
        assertNull(at(changes.get(0), "_source.previous_model"));
        assertEquals("m2", at(changes.get(1), "_source.model"));
        assertEquals("m1", at(changes.get(1), "_source.previous_model"));
    }

    public void testAnIndexOfAnOlderBuildGetsTheFieldsItLacks() throws IOException {
        Map<String, Object> older = Stored.source("metrics-mapping-first");
        String mapping =
                BytesReference.bytes(XContentFactory.jsonBuilder().map(older)).utf8ToString();
        put("/" + index(), "{\"mappings\": " + mapping + "}");
        put(
                "/" + index() + "/_doc/cycle",
                "{\"@timestamp\": \"2026-11-01T00:00:00Z\", \"feed\": \"old\", \"clicks\": 7}");
        upload(artifact("m1", 1));
        assertEquals(1, logged("model").size());
        assertEquals("old", at(get("/" + index() + "/_doc/cycle"), "_source.feed"));
        Map<?, ?> upgraded =
                (Map<?, ?>) ((Map<?, ?>) get("/" + index() + "/_mapping").get(index())).get("mappings");
        assertEquals(LoggedDocument.mapping().get("_meta"), upgraded.get("_meta"));
        assertEquals("strict", upgraded.get("dynamic"));
    }

    public void testWhatCannotBeLoggedFailsNothing() throws IOException {
        put("/" + index(), "{\"mappings\": {\"dynamic\": \"strict\", \"_meta\": {\"version\": 99}}}");
        Map<String, Object> answer = put("/_plugins/_ralm/models/m1", TestModels.upload(artifact("m1", 1)));
        assertEquals("created", answer.get("result"));
        put("/" + index() + "/_settings", "{\"index.blocks.write\": true}");
        answer = put("/_plugins/_ralm/models/m2", TestModels.upload(artifact("m2", 2)));
        assertEquals("created", answer.get("result"));
        put("/" + index() + "/_settings", "{\"index.blocks.write\": null}");
        assertEquals(0, logged("model").size());
    }
}
