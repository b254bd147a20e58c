package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.network.LookalikeObjective;

/** A training that is killed again and again ends where one ends that was left alone. */
final class ResumedTrainingTests {

    private static final TrainingOptions OPTIONS = TinyWorld.options(4);

    @TempDir
    private Path directory;

    private final Dataset dataset = TinyWorld.dataset();
    private final TimeSplit split = TinyWorld.split(dataset);

    private static final class Killed extends RuntimeException {}

    /** Lets one round pass and kills the training amid the next. */
    private static final class Killer implements Progress {

        private int begun;
        private int batches;

        @Override
        public void beginRound(String phase, int epoch, long samples) {
            begun++;
        }

        @Override
        public void batch(int samples, double loss) {
            if (begun == 2 && ++batches == 3) {
                throw new Killed();
            }
        }
    }

    /** Everything that has a state or draws at random: computed centroids, a learned temperature, chosen weights. */
    private static LookalikeOptions everything() {
        LookalikeOptions lookalike = OPTIONS.lookalike().withChosenWeights();
        LookalikeOptions.Seeds seeds = lookalike.seeds();
        return lookalike
                .withSeeds(new LookalikeOptions.Seeds(seeds.min(), seeds.max(), seeds.reclusterBatches(), 3))
                .withObjective(new LookalikeObjective(3, 1, true, true, 0.2));
    }

    private TrainedModel train(LookalikeOptions lookalike, int validateBatches, Path checkpoints, Progress progress) {
        TrainingOptions options = new TrainingOptions(
                OPTIONS.representation(), lookalike, OPTIONS.patience(), validateBatches, OPTIONS.seed());
        return new Training(dataset, split, options, checkpoints, progress).lookalike("tiny", lookalike);
    }

    /** Rounds that are parts of epochs, and rounds that are whole ones. */
    @ParameterizedTest
    @CsvSource({"4,false", "1000,false", "4,true"})
    void killedInEveryRoundItEndsByteForByteAsUninterrupted(int validateBatches, boolean everything) {
        LookalikeOptions lookalike = everything ? everything() : OPTIONS.lookalike();
        TrainedModel uninterrupted = train(lookalike, validateBatches, null, Progress.SILENT);
        TrainedModel resumed = null;
        int kills = 0;
        while (resumed == null) {
            try {
                resumed = train(lookalike, validateBatches, directory, new Killer());
            } catch (Killed e) {
                kills++;
            }
        }
        assertTrue(kills >= 3, "killed " + kills + " times");
        assertArrayEquals(uninterrupted.artifact().weights(), resumed.artifact().weights());
        assertEquals(uninterrupted.artifact().manifest(), resumed.artifact().manifest());
        assertEquals(validationLosses(uninterrupted), validationLosses(resumed));
        assertRoundsOfAtMost(validateBatches, resumed.curve());
    }

    private static List<Double> validationLosses(TrainedModel model) {
        return model.curve().stream().map(EpochResult::validationLoss).toList();
    }

    private static void assertRoundsOfAtMost(int batches, List<EpochResult> rounds) {
        int before = 0;
        for (EpochResult round : rounds) {
            assertTrue(round.batches() > before && round.batches() <= before + batches, rounds.toString());
            assertTrue(round.validationAuc() > 0 && round.validationAuc() <= 1, rounds.toString());
            before = round.batches();
        }
    }

    @Test
    void aSecondHeadSharesTheRepresentationAndOtherOptionsAreRefused() {
        TrainingOptions brief = TinyWorld.options(4);
        Training first = new Training(dataset, split, brief, directory, Progress.SILENT);
        first.representation();

        Progress onlyLookalike = new Progress() {
            @Override
            public void beginRound(String phase, int epoch, long samples) {
                assertEquals("representation-average", phase);
            }
        };
        Training second = new Training(dataset, split, brief, directory, onlyLookalike);
        second.lookalike("representation-average", brief.lookalike().average());
        assertEquals(first.representationTensors(), second.representationTensors());

        Training again = new Training(dataset, split, brief, directory, Progress.SILENT);
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> again.lookalike("representation-average", brief.lookalike()))
                .getMessage();
        assertTrue(message.contains("was written by another training (options ["), message);

        Training otherSeed = new Training(dataset, split, TinyWorld.options(5), directory, Progress.SILENT);
        assertTrue(assertThrows(IllegalArgumentException.class, otherSeed::representation)
                .getMessage()
                .contains("seed 4, now 5"));
    }
}
