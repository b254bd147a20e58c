package org.opensearch.ralm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulateCommandTests {

    @TempDir
    private Path directory;

    @Test
    void bothArmsAreComparedInTextAndJson() throws IOException {
        Path file = directory.resolve("results").resolve("simulation.json");

        CommandRun run = CommandRun.of(CommandRun.tiny("simulate", "--replays=2", "--resamples=50", "--json=" + file));

        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("CTR") && run.out().contains("95% interval"), run.out());
        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertEquals(10, json.at("/options/slots").intValue());
        assertEquals("exposure", json.at("/changes/0/metric").textValue());
        for (JsonNode change : json.get("changes")) {
            assertTrue(
                    change.get("control").isNumber() && change.get("treatment").isNumber(), change.toString());
            assertTrue(change.get("low").doubleValue() <= change.get("high").doubleValue(), change.toString());
        }
    }

    @Test
    void equalSeedsGiveEqualResults() throws IOException {
        assertEquals(result("first"), result("second"));
    }

    private JsonNode result(String name) throws IOException {
        Path file = directory.resolve(name);
        CommandRun run = CommandRun.of(CommandRun.tiny("simulate", "--replays=1", "--resamples=20", "--json=" + file));
        assertEquals(0, run.code(), run.err());
        return ((ObjectNode) new ObjectMapper().readTree(file.toFile())).without("command");
    }
}
