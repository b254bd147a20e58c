package org.opensearch.ralm.trainer.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.bench.Machine;
import org.opensearch.ralm.trainer.bench.SearchesUnderLoad;
import org.opensearch.ralm.trainer.live.Quantiles;

class ScoreResultTests {

    private static final ScoreOptions OPTIONS =
            new ScoreOptions(List.of(10_000, 100_000), 128, 20, 200, 8, 60, Path.of("somewhere"));

    private static ScoreResult result(List<ScoreTable> tables) {
        return new ScoreResult(
                Instant.parse("2026-11-22T10:00:00Z"),
                new Machine(2, "a processor", 24_000, "Linux 6", "25.0.3"),
                "1g",
                OPTIONS,
                tables,
                Optional.of(new SearchesUnderLoad(
                        10_000, 500, 10, new Quantiles(new double[] {20, 40}), new Quantiles(new double[] {30, 60}))));
    }

    /** Times that are those of 10,000 documents times a factor. */
    private static ScoreTable table(int candidates, double factor) {
        int slow = ScoreOptions.slow(candidates);
        return new ScoreTable(
                candidates,
                List.of(
                        timing(Contenders.MATCH_ALL, candidates, 1 * factor),
                        timing(Contenders.KNN_SCORE, candidates, 10 * factor),
                        timing(Contenders.PAINLESS, slow, 160),
                        timing(Contenders.LATE_INTERACTION, slow, 3_200),
                        timing(Contenders.FLOAT32, candidates, 20 * factor),
                        timing(Contenders.INT8, candidates, 12 * factor),
                        timing(Contenders.SCRIPT, candidates, 22 * factor)),
                concurrency(candidates, 21 * factor, 12 * factor),
                concurrency(candidates, 12 * factor, 7.5 * factor),
                new Throughput(8, 10, new Quantiles(new double[] {50, 90}), 0.01, 300, 310));
    }

    private static Concurrency concurrency(int candidates, double alone, double shared) {
        return new Concurrency(4, timing("one thread", candidates, alone), timing("two threads", candidates, shared));
    }

    private static Timing timing(String contender, int documents, double median) {
        return new Timing(contender, documents, new Quantiles(new double[] {median / 2, median, 3 * median}));
    }

    @Test
    void ratiosAreThoseOfMicrosecondsADocumentByTheMedian() {
        JsonNode json = result(List.of(table(10_000, 1), table(100_000, 9))).toJson();
        assertEquals(10_000, json.path("candidates").asInt());
        assertEquals(2, json.at("/us_per_doc/ralm_score_float32").asDouble(), 1e-12);
        assertEquals(20, json.at("/p50_ms/ralm_score_float32").asDouble());
        assertEquals(60, json.at("/p99_ms/ralm_score_float32").asDouble());
        assertEquals(2, json.path("float32_to_knn_score").asDouble(), 1e-12);
        assertEquals(1.2, json.path("int8_to_knn_score").asDouble(), 1e-12);
        assertEquals(8, json.path("painless_to_float32").asDouble(), 1e-12);
        assertEquals(160, json.path("late_interaction_to_float32").asDouble(), 1e-12);
        assertEquals(1.75, json.at("/concurrent/speedup").asDouble(), 1e-12);
        assertEquals(1.6, json.at("/concurrent_int8/speedup").asDouble(), 1e-12);
        assertEquals(0.01, json.at("/throughput/gc_share").asDouble());
        assertEquals(0.2, json.at("/throughput/searches_per_s").asDouble(), 1e-12);
        assertEquals(1.5, json.at("/live/p99_ratio").asDouble(), 1e-12);
    }

    @Test
    void whatScoresOnlySomeDocumentsIsComparedByThem() {
        JsonNode second =
                result(List.of(table(10_000, 1), table(100_000, 9))).toJson().at("/tables/1");
        assertEquals(100_000, second.path("candidates").asInt());
        assertEquals(10_000, second.at("/documents/painless").asInt());
        assertEquals(100_000, second.at("/documents/knn_score").asInt());
        assertEquals(1.8, second.at("/us_per_doc/ralm_score_float32").asDouble(), 1e-12);
        assertEquals(16 / 1.8, second.path("painless_to_float32").asDouble(), 1e-12);
    }

    @Test
    void growthIsSaidWhereThereIsMoreThanOneNumberOfCandidates() {
        JsonNode both = result(List.of(table(10_000, 1), table(100_000, 9))).toJson();
        assertEquals(
                0.9, both.at("/us_per_doc_last_to_first/ralm_score_float32").asDouble(), 1e-12);
        assertFalse(result(List.of(table(10_000, 1))).toJson().has("us_per_doc_last_to_first"));
    }

    @Test
    void theTableSaysTheSame() {
        String text = result(List.of(table(10_000, 1))).toText();
        assertTrue(
                text.contains("float32 2.00 and int8 1.20 times knn_score; painless 8.0 and late interaction 160"),
                text);
        assertTrue(text.contains("two threads on 4 segments 1.75 times as fast as one in float32, 1.60 in int8"), text);
        assertTrue(
                text.lines().anyMatch(line -> line.matches("ralm_score_int8 +12.00 +36.00 +1.200 +10,000 +3")), text);
    }
}
