package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.trainer.bench.score.ScoreBench;
import org.opensearch.ralm.trainer.bench.score.ScoreOptions;

/** The scoring bench in small: all contenders are understood, and answer for every document. */
class BenchIT {

    @TempDir
    private Path directory;

    @Test
    void everyContenderIsMeasuredOnFewCandidates() throws IOException {
        ScoreOptions options = new ScoreOptions(List.of(200), 16, 4, 3, 2, 0, directory);
        JsonNode json = new ScoreBench(options, line -> {}).run().toJson();
        assertEquals(7, json.path("us_per_doc").size());
        for (JsonNode micros : json.path("us_per_doc")) {
            assertTrue(micros.asDouble() > 0, json.toString());
        }
        assertTrue(json.at("/throughput/searches").asInt() > 0, json.toString());
    }
}
