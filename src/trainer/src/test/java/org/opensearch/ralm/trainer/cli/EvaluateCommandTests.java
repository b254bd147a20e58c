package org.opensearch.ralm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTests {

    @TempDir
    private Path directory;

    @Test
    void allModelsAreComparedInTextAndJson() throws IOException {
        Path file = directory.resolve("reports").resolve("table.json");
        CommandRun run = CommandRun.of(CommandRun.tiny("evaluate", "--json=" + file));
        assertEquals(0, run.code(), run.err());
        JsonNode table = read(file);
        assertEquals(List.of("ralm", "ralm-paper", "ralm-average", "popularity", "recent-popularity"), models(table));
        for (JsonNode row : table.get("rows")) {
            for (String metric : List.of("auc", "gauc", "prec_at_10", "prec_at_50")) {
                double value = row.get(metric).doubleValue();
                assertTrue(row.get(metric).isDouble() && value >= 0 && value <= 1, row.toString());
            }
            assertTrue(run.out().contains(row.get("model").textValue() + " "), run.out());
        }
        assertTrue(table.get("train_seconds").doubleValue() > 0, table.toString());
        assertTrue(table.get("data").textValue().startsWith("synthetic"), table.toString());
    }

    @Test
    void chosenModelsAreComparedInTheirOrderWithoutTrainingOthers() throws IOException {
        Path file = directory.resolve("table.json");
        CommandRun run =
                CommandRun.of(CommandRun.tiny("evaluate", "--models=recent-popularity,popularity", "--json=" + file));
        assertEquals(0, run.code(), run.err());
        assertEquals(List.of("recent-popularity", "popularity"), models(read(file)));
        assertEquals("", run.err());
    }

    @Test
    void anEvaluationGoesOnFromItsCheckpoint() throws IOException {
        Path first = directory.resolve("first.json");
        Path second = directory.resolve("second.json");
        String checkpoint = "--checkpoint=" + directory.resolve("checkpoint");
        CommandRun run = CommandRun.of(CommandRun.tiny("evaluate", "--models=ralm", checkpoint, "--json=" + first));
        assertTrue(run.err().contains("ralm, epoch 1 "), run.err());
        CommandRun again = CommandRun.of(CommandRun.tiny("evaluate", "--models=ralm", checkpoint, "--json=" + second));
        assertEquals("", again.err());
        assertEquals(read(first).get("rows"), read(second).get("rows"));
    }

    private static List<String> models(JsonNode table) {
        return StreamSupport.stream(table.get("rows").spliterator(), false)
                .map(row -> row.get("model").textValue())
                .toList();
    }

    private static JsonNode read(Path file) throws IOException {
        return JsonMapper.builder().build().readTree(Files.readAllBytes(file));
    }
}
