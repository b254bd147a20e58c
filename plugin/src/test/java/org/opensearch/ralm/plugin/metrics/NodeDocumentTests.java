package org.opensearch.ralm.plugin.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;

class NodeDocumentTests {

    @Test
    void countersAreDifferencesAndGaugesAreValues() throws IOException {
        RalmStats stats = new RalmStats();
        stats.measure(Stat.MEMORY_BYTES, () -> 700);
        stats.measure(Stat.MODEL_CACHE_HITS, () -> 30);
        stats.add(Stat.QUERIES, 5);
        Map<Stat, Long> before = stats.values();
        stats.add(Stat.QUERIES, 3);
        stats.add(Stat.CLICKS, 2);
        Map<String, Object> document = LoggedDocument.of(NodeDocument.of("node-1", 59.5, before, stats.values()));
        assertEquals("node", document.get("kind"));
        assertEquals("node-1", document.get("node"));
        assertEquals(59.5, document.get("seconds"));
        Map<?, ?> logged = (Map<?, ?>) document.get("stats");
        assertEquals(3, logged.get("queries"));
        assertEquals(2, logged.get("clicks"));
        assertEquals(0, logged.get("model_cache_hits"));
        assertEquals(700, logged.get("memory_bytes"));
    }

    @Test
    void theFirstSpanHoldsAllThatWasCountedBefore() {
        RalmStats stats = new RalmStats();
        stats.add(Stat.QUERIES, 5);
        assertEquals(
                5,
                NodeDocument.of("node-1", 1, Map.of(), stats.values()).stats().get(Stat.QUERIES));
    }

    @Test
    void whereNothingIsCountedOrMeasuredThereIsNothingToTell() {
        RalmStats stats = new RalmStats();
        stats.add(Stat.QUERIES, 5);
        Map<Stat, Long> now = stats.values();
        assertTrue(NodeDocument.of("node-1", 1, now, now).isEmpty());
        assertFalse(NodeDocument.of("node-1", 1, Map.of(), now).isEmpty());
        stats.measure(Stat.MEMORY_BYTES, () -> 1);
        assertFalse(NodeDocument.of("node-1", 1, now, stats.values()).isEmpty());
    }

    /** A document has all of them, so the mapping must know every one, and nothing else. */
    @Test
    void everyStatisticIsMapped() throws IOException {
        Map<String, Object> document = LoggedDocument.of(NodeDocument.of("n", 1, Map.of(), new RalmStats().values()));
        Map<?, ?> properties = (Map<?, ?>) LoggedDocument.mapping().get("properties");
        Map<?, ?> mapped = (Map<?, ?>) ((Map<?, ?>) properties.get("stats")).get("properties");
        assertEquals(((Map<?, ?>) document.get("stats")).keySet(), mapped.keySet());
    }
}
