package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.baseline.TinyExperiment;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.LookalikeScorer;
import org.opensearch.ralm.trainer.evaluation.Measurement;

/** On a model trained on the tiny feed; a bound that is too low ends the bench by itself. */
class BlockBenchTests {

    private static Experiment experiment;
    private static BlockResult result;

    @BeforeAll
    static void measure() {
        experiment = TinyExperiment.of(TinyWorld.dataset());
        result = new BlockBench(experiment).run();
    }

    @Test
    void float32IsWhatTheEvaluationMeasuresAndInt8LosesNextToNothing() {
        JsonNode int8 = result.toJson().path("int8");
        LookalikeScorer scorer = LookalikeScorer.of(experiment.ralm(), experiment);
        Measurement evaluated = Measurement.of(
                scorer, experiment.blocks(), experiment.setting().dataset().history());
        assertEquals(evaluated.auc(), int8.path("auc_float32").asDouble(), 1e-9);
        assertEquals(evaluated.auc(), int8.path("auc").asDouble(), 0.005);
        assertTrue(int8.path("largest_difference").asDouble(1) < 0.01, int8.toString());
        assertTrue(int8.path("overlap_at_50").asDouble() > 0.95, int8.toString());
    }

    @Test
    void eachBoundIsAtLeastAsTightAsTheOneBefore() {
        JsonNode spared = result.toJson().path("spared");
        double before = Double.MAX_VALUE;
        for (String bound : new String[] {"global_alone", "cone", "cone_and_ball", "and_after_products"}) {
            double slack = spared.path(bound).path("mean_slack").asDouble(Double.NaN);
            assertTrue(slack >= 0 && slack <= before, result.toText());
            before = slack;
        }
    }

    @Test
    void whoKnowsTheScoreToBeatIsSparedNoLessThanWhoMeetsCandidatesInOrder() {
        for (JsonNode bound : result.toJson().path("spared")) {
            JsonNode best = bound.path("top_10");
            assertTrue(best.path("knowing").asDouble() >= best.path("in_order").asDouble(-1), result.toText());
        }
    }

    @Test
    void theNearestByTheGlobalEmbeddingHoldMoreOfTheBestThanChance() {
        JsonNode recalled = result.toJson().path("recalled_of_best_50");
        assertEquals(3, recalled.size());
        for (double share : BlockResult.RECALLED) {
            double found = recalled.path(Double.toString(share)).asDouble(Double.NaN);
            assertTrue(found > share && found <= 1, result.toText());
        }
    }
}
