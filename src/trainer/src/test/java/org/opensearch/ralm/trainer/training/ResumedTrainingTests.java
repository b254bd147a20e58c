package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.TimeSplit;

/** A training that is killed again and again ends where one ends that was left alone. */
final class ResumedTrainingTests {

    private static final TrainingOptions OPTIONS = TinyWorld.options(4);

    @TempDir
    private Path directory;

    private final Dataset dataset = TinyWorld.dataset();
    private final TimeSplit split = TinyWorld.split(dataset);

    private static final class Killed extends RuntimeException {}

    /** Lets one epoch pass and kills the training amid the next. */
    private static final class Killer implements Progress {

        private int begun;
        private int batches;

        @Override
        public void beginEpoch(String phase, int epoch, long samples) {
            begun++;
        }

        @Override
        public void batch(int samples, double loss) {
            if (begun == 2 && ++batches == 3) {
                throw new Killed();
            }
        }
    }

    private TrainedModel train(Path checkpoints, Progress progress) {
        return new Training(dataset, split, OPTIONS, checkpoints, progress).lookalike("tiny", OPTIONS.lookalike());
    }

    @Test
    void killedInEveryEpochItEndsByteForByteAsUninterrupted() {
        TrainedModel uninterrupted = train(null, Progress.SILENT);
        TrainedModel resumed = null;
        int kills = 0;
        while (resumed == null) {
            try {
                resumed = train(directory, new Killer());
            } catch (Killed e) {
                kills++;
            }
        }
        assertTrue(kills >= 3, "killed " + kills + " times");
        assertArrayEquals(uninterrupted.artifact().weights(), resumed.artifact().weights());
        assertEquals(uninterrupted.artifact().manifest(), resumed.artifact().manifest());
    }

    @Test
    void aSecondHeadSharesTheRepresentationAndOtherOptionsAreRefused() {
        TrainingOptions brief = TinyWorld.options(4);
        Training first = new Training(dataset, split, brief, directory, Progress.SILENT);
        first.representation();

        Progress onlyLookalike = new Progress() {
            @Override
            public void beginEpoch(String phase, int epoch, long samples) {
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
