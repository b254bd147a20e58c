package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

/** That what is compared is the same: the same batches, the same first losses, curves that fall alike. */
class TrainBenchTests {

    @Test
    void bothImplementationsBeginWithEqualLossesAndLearnAlike() {
        JsonNode result = new TrainBench(1_000, 64, 16, 60, line -> {}).run().toJson();
        for (String phase : new String[] {"representation", "lookalike"}) {
            JsonNode race = result.get(phase);
            assertEquals(60, race.get("loss").size());
            assertEquals(
                    race.at("/loss/0").doubleValue(), race.at("/plain_loss/0").doubleValue(), 1e-4, phase);
            assertTrue(race.at("/loss/59").doubleValue() < race.at("/loss/0").doubleValue(), phase);
            assertTrue(
                    race.at("/plain_loss/59").doubleValue()
                            < race.at("/plain_loss/0").doubleValue(),
                    phase);
            assertTrue(race.get("ratio").doubleValue() > 0, phase);
        }
        assertTrue(result.at("/lookalike/largest_loss_difference").doubleValue() < 0.01, result.toString());
    }

    @Test
    void equalNumbersGiveEqualBatches() {
        TrainBatches batches = new TrainBatches(1_000, 8, 4);
        assertArrayEquals(
                batches.representation(3).items(), batches.representation(3).items());
        assertArrayEquals(batches.lookalike(3).users(), batches.lookalike(3).users());
        assertArrayEquals(batches.lookalike(3).choices(), batches.lookalike(3).choices());
    }
}
