package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.artifact.Tensor;

/** Early stopping and its checkpoints, on a training whose state is a sum over its epochs. */
final class PhaseCheckpointTests {

    private static final Provenance PROVENANCE = new Provenance("data", "options", 1);
    private static final double[] AUCS = {0.5, 0.6, 0.4, 0.7, 0.3, 0.2, 0.1, 0.9};

    @TempDir
    private Path directory;

    /** Its state after epoch n is 1 + … + n, so it shows where it went on from. */
    private static final class Sums implements EarlyStopping.Phase {

        private final double[] aucs;
        private final int dieIn;
        private float sum;
        private int epochs;

        Sums(double[] aucs, int dieIn) {
            this.aucs = aucs;
            this.dieIn = dieIn;
        }

        @Override
        public int batchesPerEpoch() {
            return 1;
        }

        @Override
        public EpochResult run(int from, int epoch) {
            if (epoch == dieIn) {
                throw new Killed();
            }
            sum += epoch;
            epochs++;
            return new EpochResult(epoch, epoch, 0, 0, aucs[epoch - 1], 0, 1);
        }

        @Override
        public Map<String, Tensor> state() {
            return Map.of("sum", Tensor.vector(sum));
        }

        @Override
        public void restore(Map<String, Tensor> state) {
            sum = state.get("sum").values()[0];
        }
    }

    private static final class Killed extends RuntimeException {}

    private PhaseCheckpoint checkpoint() {
        return new PhaseCheckpoint(directory, "phase", PROVENANCE);
    }

    private static Sums never(double... aucs) {
        return new Sums(aucs, 0);
    }

    private void killedIn(int epoch) {
        assertThrows(
                Killed.class, () -> new EarlyStopping(3, 10).train(new Sums(AUCS, epoch), AUCS.length, checkpoint()));
    }

    private Set<String> files() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void goesBackToTheBestEpochAndStopsWhenPatienceIsUsedUp() {
        Sums training = never(AUCS);
        new EarlyStopping(3, 10).train(training, AUCS.length, new PhaseCheckpoint(null, "phase", PROVENANCE));
        assertEquals(7, training.epochs);
        assertEquals(1 + 2 + 3 + 4, training.sum);
    }

    @Test
    void ofEquallyGoodEpochsTheFirstIsBest() {
        Sums training = never(0.6, 0.6, 0.6, 0.6, 0.6);
        new EarlyStopping(2, 10).train(training, 5, checkpoint());
        assertEquals(3, training.epochs);
        assertEquals(1, training.sum);
    }

    @Test
    void anEpochWithoutAnAucIsNeverTheBest() {
        Sums training = never(Double.NaN, 0.5, Double.NaN);
        new EarlyStopping(3, 10).train(training, 3, checkpoint());
        assertEquals(1 + 2, training.sum);
        Sums resumed = never();
        new EarlyStopping(3, 10).train(resumed, 3, checkpoint());
        assertEquals(1 + 2, resumed.sum);
    }

    @Test
    void goesOnAfterAnyEpochAsIfItHadNotBeenKilled() {
        Sums training = never(AUCS);
        for (int epoch = 1; epoch <= 7; epoch++) {
            killedIn(epoch);
        }
        new EarlyStopping(3, 10).train(training, AUCS.length, checkpoint());
        assertEquals(1, training.epochs);
        assertEquals(10, training.sum);
    }

    @Test
    void aFinishedTrainingIsNotRepeated() {
        new EarlyStopping(3, 10).train(never(AUCS), AUCS.length, checkpoint());
        Sums again = never();
        PhaseCheckpoint checkpoint = checkpoint();
        new EarlyStopping(3, 10).train(again, AUCS.length, checkpoint);
        assertEquals(0, again.epochs);
        assertEquals(10, again.sum);
        assertArrayEquals(
                Arrays.copyOf(AUCS, 7),
                checkpoint.rounds().stream()
                        .mapToDouble(EpochResult::validationAuc)
                        .toArray());
    }

    @Test
    void keepsTheTensorsOfTheLastAndTheBestEpochOnly() {
        killedIn(4);
        assertEquals(Set.of("phase-rounds.json", "phase-2.safetensors", "phase-3.safetensors"), files());
        new EarlyStopping(3, 10).train(never(AUCS), AUCS.length, checkpoint());
        assertEquals(Set.of("phase-rounds.json", "phase-4.safetensors", "phase-7.safetensors"), files());
    }

    @Test
    void tensorsAndRecordHalfWrittenWhenTheProcessDiedAreWrittenAgain() throws IOException {
        killedIn(4);
        Files.write(directory.resolve("phase-4.safetensors"), new byte[] {1, 2, 3});
        Files.write(directory.resolve("phase-rounds.tmp"), new byte[] {'{'});
        Files.write(directory.resolve("phase-1.safetensors"), new byte[] {4});
        Sums training = never(AUCS);
        new EarlyStopping(3, 10).train(training, AUCS.length, checkpoint());
        assertEquals(4, training.epochs);
        assertEquals(10, training.sum);
        assertEquals(Set.of("phase-rounds.json", "phase-4.safetensors", "phase-7.safetensors"), files());
    }

    @Test
    void refusesToGoOnFromOtherDataOptionsOrSeed() {
        killedIn(4);
        assertRefused(new Provenance("others", "options", 1), "other data");
        assertRefused(new Provenance("data", "faster", 1), "options options, now faster");
        assertRefused(new Provenance("data", "options", 2), "seed 1, now 2");
        assertRefused(new Provenance("others", "options", 2), "other data; seed 1, now 2");
    }

    private void assertRefused(Provenance provenance, String difference) {
        PhaseCheckpoint checkpoint = new PhaseCheckpoint(directory, "phase", provenance);
        String message =
                assertThrows(IllegalArgumentException.class, checkpoint::load).getMessage();
        assertEquals(
                "the checkpoint [phase] in " + directory + " was written by another training (" + difference
                        + "); delete its files, phase-*, to train anew, or choose another directory",
                message);
    }

    @Test
    void saysWhatIsDamagedAndWhatToDo() throws IOException {
        killedIn(4);
        Path tensors = directory.resolve("phase-2.safetensors");
        byte[] bytes = Files.readAllBytes(tensors);
        Files.write(tensors, Arrays.copyOf(bytes, bytes.length - 1));
        assertUnreadable("phase-2.safetensors is damaged");
        Files.delete(tensors);
        assertUnreadable("phase-2.safetensors");
        for (String json : new String[] {"", "[]", "{}", "{\"rounds\":[]}", "{\"provenance\":{},\"rounds\":[]}"}) {
            Files.writeString(directory.resolve("phase-rounds.json"), json);
            assertUnreadable("cannot be read");
        }
    }

    private void assertUnreadable(String part) {
        String message = assertThrows(
                        UncheckedIOException.class, () -> checkpoint().load())
                .getMessage();
        assertTrue(message.contains(part), message);
        assertTrue(message.contains(directory.toString()), message);
        assertTrue(message.endsWith("delete its files, phase-*, to train anew, or choose another directory"), message);
    }
}
