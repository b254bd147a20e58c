package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.live.Quantiles;

class LiveResultTests {

    private static final LiveResult RESULT = new LiveResult(
            Instant.parse("2026-11-22T10:00:00Z"),
            new Machine(2, "a processor", 24_000, "Linux 6", "25.0.3"),
            new LiveOptions(300, 1_000, 10_000, 50_000, Path.of("somewhere")),
            "1g",
            new KMeansRatio(
                    List.of(new KMeansRatio.Run(0.2, 99), new KMeansRatio.Run(0.1, 98)),
                    List.of(new KMeansRatio.Run(0.5, 100), new KMeansRatio.Run(0.4, 100))),
            new IngestRatio(List.of(
                    new IngestRatio.Round(8_000, 10_000),
                    new IngestRatio.Round(9_000, 10_000),
                    new IngestRatio.Round(7_000, 10_000))),
            new Load(
                    300_000,
                    290_000,
                    0,
                    0,
                    12,
                    999.5,
                    new Quantiles(new double[] {0.05, 0.1}),
                    new Quantiles(new double[] {2, 3, 6}),
                    4.5,
                    0.25,
                    0.75,
                    new Backlog(2_000, 2_500, 2_400),
                    700),
            1_500);

    @Test
    void theFileSaysWhatWasMeasuredWhereAndWhen() {
        JsonNode json = RESULT.toJson();
        assertEquals("2026-11-22T10:00:00Z", json.path("date").asText());
        assertEquals(2, json.at("/machine/cores").asInt());
        assertEquals("25.0.3", json.at("/machine/jdk").asText());
        assertEquals("1g", json.at("/parameters/heap").asText());
        assertEquals(1_000, json.at("/parameters/rate").asInt());
        assertEquals(300_000, json.path("acknowledged").asLong());
        assertEquals(0, json.path("lost").asLong(-1));
        assertEquals(12, json.path("rejected").asLong());
        assertEquals(3, json.path("staleness_p50_s").asDouble());
        assertEquals(6, json.path("staleness_p99_s").asDouble());
        assertEquals(0.25, json.path("refresh_core_share").asDouble());
        assertEquals(2_400, json.path("backlog_end").asDouble());
        assertEquals(0.8, json.path("ingest_ratio").asDouble(), 1e-12);
        assertEquals(3, json.path("ingest_rounds").size());
        assertEquals(0.25, json.path("kmeans_ratio").asDouble());
        assertEquals(0.98, json.path("kmeans_inertia_ratio").asDouble());
        assertEquals(1_500, json.path("peak_memory_mb").asDouble());
    }

    @Test
    void theTableSaysTheSame() {
        String text = RESULT.toText();
        assertTrue(text.contains("1,000 clicks a second for 300 s on 10,000 candidates"), text);
        assertTrue(text.contains("acknowledged to counted, p50 / p99   3.0 / 6.0 s"), text);
        assertTrue(text.lines().anyMatch(line -> line.matches("lost +0")), text);
    }
}
