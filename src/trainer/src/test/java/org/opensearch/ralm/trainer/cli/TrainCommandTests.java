package org.opensearch.ralm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Safetensors;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.artifact.UserVectors;
import org.opensearch.ralm.representation.RepresentationModel;

class TrainCommandTests {

    private static final List<String> FILES =
            List.of("model.json", "weights.safetensors", "representation.safetensors", "users.ndjson.gz");

    @TempDir
    private static Path whole;

    @TempDir
    private Path directory;

    @BeforeAll
    static void trainWithoutInterruption() {
        CommandRun run = train(whole);
        assertEquals(0, run.code(), run.err());
        assertTrue(run.out().contains("representation, epoch 1 "), run.out());
        assertTrue(run.out().endsWith("wrote model [m-1] to " + whole + System.lineSeparator()), run.out());
    }

    @Test
    void theModelIsWrittenAsItCanBeServed() throws IOException {
        ModelManifest manifest = ModelArtifact.read(whole).manifest();
        assertEquals("m-1", manifest.id());
        assertEquals(8, manifest.dimension());
        assertEquals(3, manifest.clusters());
        assertEquals(LookalikeForm.DEFAULT, manifest.form());
        JsonNode training = manifest.training();
        assertEquals(42, training.get("seed").intValue());
        assertEquals(100, training.get("users").intValue());
        assertTrue(training.at("/lookalike/0/validation_loss").isDouble(), training.toString());
        for (String phase : List.of("representation", "lookalike")) {
            assertBestRoundIsChosen(training.get(phase), training.at("/chosen/" + phase));
        }
    }

    private static void assertBestRoundIsChosen(JsonNode rounds, JsonNode chosen) {
        double best = 0;
        for (JsonNode round : rounds) {
            best = Math.max(best, round.get("validation_auc").doubleValue());
        }
        assertEquals(1, chosen.size());
        assertEquals(best, chosen.at("/0/validation_auc").doubleValue());
        int place = chosen.at("/0/round").intValue() - 1;
        assertEquals(best, rounds.get(place).get("validation_auc").doubleValue());
    }

    @Test
    void theRepresentationCanEmbedUsers() throws IOException {
        Map<String, Tensor> tensors = Safetensors.read(Files.readAllBytes(whole.resolve("representation.safetensors")));
        assertEquals(8, new RepresentationModel(tensors).dimension());
    }

    @Test
    void theMeanUserIsTheMeanOfThePublishedVectors() throws IOException {
        double[] sum = new double[8];
        int[] users = new int[1];
        UserVectors.read(whole, 8, (line, user, vector) -> {
            users[0]++;
            for (int d = 0; d < sum.length; d++) {
                sum[d] += vector[d];
            }
        });
        float[] mean = ModelArtifact.read(whole).tensor("mean_user").values();
        for (int d = 0; d < sum.length; d++) {
            assertEquals(sum[d] / users[0], mean[d], 1e-7);
        }
    }

    @Test
    void everyUserHasAVectorOfUnitLength() throws IOException {
        Set<String> users = new HashSet<>();
        UserVectors.read(whole, 8, (line, user, vector) -> {
            assertTrue(users.add(user), user);
            double squares = 0;
            for (float value : vector) {
                squares += (double) value * value;
            }
            assertEquals(1, squares, 1e-5, user);
        });
        assertEquals(100, users.size());
    }

    @Test
    void equalOptionsGiveEqualBytes() throws IOException {
        assertEquals(0, train(directory).code());
        assertSameFiles();
    }

    @Test
    void anotherSeedGivesAnotherModel() throws IOException {
        assertEquals(0, train(directory, "--seed=43").code());
        assertFalse(ModelArtifact.read(whole)
                .manifest()
                .weightsSha256()
                .equals(ModelArtifact.read(directory).manifest().weightsSha256()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"representation, epoch 2", "m-1, epoch 2"})
    void anInterruptedTrainingEndsWithEqualBytes(String where) throws IOException {
        Interruption interruption = new Interruption(where);
        assertThrows(
                Interrupted.class,
                () -> CommandRun.of(
                        interruption, interruption, CommandRun.tiny("train", "--model=m-1", "--out=" + directory)));
        assertFalse(Files.exists(directory.resolve("model.json")));
        CommandRun resumed = train(directory);
        assertEquals(0, resumed.code(), resumed.err());
        assertFalse(resumed.out().contains("representation, epoch 1 "), resumed.out());
        assertSameFiles();
    }

    @Test
    void theAverageIsOneCluster() throws IOException {
        assertEquals(0, train(directory, "--average").code());
        ModelManifest manifest = ModelArtifact.read(directory).manifest();
        assertEquals(1, manifest.clusters());
        assertEquals(1, manifest.alpha());
        assertEquals(0, manifest.beta());
    }

    @Test
    void thePapersFormHasNoSizesAndNoTemperature() throws IOException {
        assertEquals(0, train(directory, "--paper").code());
        assertEquals(
                LookalikeForm.PAPER, ModelArtifact.read(directory).manifest().form());
    }

    private void assertSameFiles() throws IOException {
        for (String file : FILES) {
            assertArrayEquals(
                    Files.readAllBytes(whole.resolve(file)), Files.readAllBytes(directory.resolve(file)), file);
        }
    }

    private static CommandRun train(Path directory, String... more) {
        String[] options = new String[more.length + 2];
        options[0] = "--model=m-1";
        options[1] = "--out=" + directory;
        System.arraycopy(more, 0, options, 2, more.length);
        return CommandRun.of(CommandRun.tiny("train", options));
    }

    /** Stands for a kill. */
    private static final class Interrupted extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Ends the program when something is printed. */
    private static final class Interruption extends StringWriter {

        private final String where;

        Interruption(String where) {
            this.where = where;
        }

        @Override
        public void write(String text, int from, int length) {
            super.write(text, from, length);
            if (toString().contains(where)) {
                throw new Interrupted();
            }
        }
    }
}
