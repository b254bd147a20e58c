package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.trainer.bench.chaos.ChaosBench;
import org.opensearch.ralm.trainer.bench.chaos.ChaosOptions;
import org.opensearch.ralm.trainer.bench.chaos.ChaosResult;

/**
 * Three nodes under load while things break: nothing that was acknowledged is lost, no score is wrong. In short; as long
 * as one likes with {@code -Dralm.chaos.minutes=30}, and with other faults by {@code -Dralm.chaos.seed=5}.
 */
class ChaosIT {
    private static final double MINUTES = Double.parseDouble(System.getProperty("ralm.chaos.minutes", "1.5"));
    private static final long SEED = Long.getLong("ralm.chaos.seed", 2);

    @TempDir
    private Path directory;

    @Test
    void whatWasAcknowledgedIsThereAndEveryScoreIsRight() throws IOException {
        ChaosResult result = new ChaosBench(new ChaosOptions(MINUTES, SEED, directory), System.out::println).run();
        JsonNode json = result.toJson();
        assertTrue(result.isSound(), json::toPrettyString);
        assertEquals(0, json.path("failed_queries").asInt(-1), json::toPrettyString);
        assertTrue(json.path("acknowledged").asInt() > 0, json::toPrettyString);
        assertTrue(json.path("scores_checked").asInt() > 0, json::toPrettyString);
        assertTrue(json.path("faults").size() > 0, json::toPrettyString);
    }
}
