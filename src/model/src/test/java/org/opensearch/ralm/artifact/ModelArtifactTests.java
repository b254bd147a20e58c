package org.opensearch.ralm.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.lookalike.LookalikeModel;

class ModelArtifactTests {

    private static final ModelManifest MANIFEST = ExampleArtifacts.manifest(LookalikeForm.DEFAULT, 4, 3, 2);
    private static final Map<String, Tensor> TENSORS = ExampleArtifacts.tensors(MANIFEST, 1);

    @Test
    void whatWasWrittenIsReadBack(@TempDir Path directory) throws IOException {
        ModelArtifact written = ModelArtifact.of(MANIFEST, TENSORS);
        Path nested = directory.resolve("not/there/yet");

        written.write(nested);
        ModelArtifact read = ModelArtifact.read(nested);

        assertEquals(written.manifest(), read.manifest());
        assertArrayEquals(written.weights(), read.weights());
        TENSORS.forEach((name, tensor) -> assertEquals(tensor, read.tensor(name)));
    }

    @Test
    void aContentModelIsReadBackAndMakesAnotherModel(@TempDir Path directory) throws IOException {
        ModelArtifact without = ModelArtifact.of(MANIFEST, TENSORS);
        ContentForm form = new ContentForm(8, List.of("tags", "category"));
        ModelArtifact written = ExampleArtifacts.withContent(without, form, 2);

        written.write(directory);
        ModelArtifact read = ModelArtifact.read(directory);

        assertEquals(form, read.manifest().content());
        assertEquals(written.tensor("content.weight"), read.tensor("content.weight"));
        assertEquals(written.tensor("content.bias"), read.tensor("content.bias"));
        assertNotEquals(without.manifest().fingerprint(), read.manifest().fingerprint());
    }

    @Test
    void aContentModelNeedsItsTensorsAndItsPlaceInTheManifest() {
        ModelArtifact with = ExampleArtifacts.withContent(
                ModelArtifact.of(MANIFEST, TENSORS), new ContentForm(8, List.of("tags")), 2);
        Map<String, Tensor> tensors = new TreeMap<>(TENSORS);
        tensors.put("content.weight", with.tensor("content.weight"));
        tensors.put("content.bias", with.tensor("content.bias"));

        assertRefused("weights: tensor [content.bias] is not a known one", tensors);
        assertRefused("weights: tensor [content.weight] is missing", () -> ModelArtifact.of(with.manifest(), TENSORS));
    }

    @Test
    void aMeanUserIsReadBackAndMakesAnotherModel(@TempDir Path directory) throws IOException {
        ModelArtifact without = ModelArtifact.of(MANIFEST, TENSORS);
        float[] mean = {0.5f, 0, -0.25f};
        ModelArtifact written = without.withMeanUser(mean);

        written.write(directory);
        LookalikeModel read = new LookalikeModel(ModelArtifact.read(directory));

        assertArrayEquals(mean, read.meanUser().orElseThrow());
        assertNotEquals(without.manifest().fingerprint(), read.fingerprint());
        assertEquals(Optional.empty(), new LookalikeModel(without).meanUser());
    }

    @Test
    void aMeanUserMustFitTheModel() {
        Map<String, Tensor> tensors = new TreeMap<>(TENSORS);
        tensors.put("mean_user", Tensor.vector(new float[MANIFEST.dimension() + 1]));
        assertRefused("weights: tensor [mean_user] has shape [4], but model.json needs [3]", tensors);
    }

    @Test
    void sameContentGivesSameBytes(@TempDir Path first, @TempDir Path second) throws IOException {
        ModelArtifact.of(MANIFEST, TENSORS).write(first);
        ModelArtifact.read(first).write(second);

        for (String file : new String[] {ModelArtifact.MANIFEST_FILE, ModelArtifact.WEIGHTS_FILE}) {
            assertEquals(-1, Files.mismatch(first.resolve(file), second.resolve(file)), file);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ModelArtifact.MANIFEST_FILE, ModelArtifact.WEIGHTS_FILE})
    void aMissingFileIsNamed(String file, @TempDir Path directory) throws IOException {
        ModelArtifact.of(MANIFEST, TENSORS).write(directory);
        Files.delete(directory.resolve(file));

        Exception e = assertThrows(InvalidArtifactException.class, () -> ModelArtifact.read(directory));

        assertEquals(file + ": there is no such file in " + directory, e.getMessage());
    }

    @Test
    void aChecksumThatIsNotThatOfTheWeightsIsRefused() {
        ModelArtifact artifact = ModelArtifact.of(MANIFEST, TENSORS);
        byte[] weights = artifact.weights();
        weights[weights.length - 1] ^= 1;

        assertRefused(
                "weights: their SHA-256 is " + Checksums.sha256Hex(weights) + ", but model.json says "
                        + artifact.manifest().weightsSha256() + " in [weights_sha256]",
                () -> ModelArtifact.parse(artifact.manifest().toJson(), weights));
    }

    @Test
    void aMissingTensorIsRefused() {
        Map<String, Tensor> tensors = new TreeMap<>(TENSORS);
        tensors.remove("local.weight");

        assertRefused("weights: tensor [local.weight] is missing", tensors);
    }

    @Test
    void anUnknownTensorIsRefused() {
        Map<String, Tensor> tensors = new TreeMap<>(TENSORS);
        tensors.put("local.bias", Tensor.vector(1));

        assertRefused("weights: tensor [local.bias] is not a known one", tensors);
    }

    @Test
    void aTensorOfAnotherShapeIsRefused() {
        Map<String, Tensor> tensors = new TreeMap<>(TENSORS);
        tensors.put("transform.weight", Tensor.matrix(3, 4, new float[12]));

        assertRefused("weights: tensor [transform.weight] has shape [3, 4], but model.json needs [4, 3]", tensors);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void aWeightThatIsNotFiniteIsRefused(float value) {
        Map<String, Tensor> tensors = new TreeMap<>(TENSORS);
        tensors.put("global.vector", Tensor.vector(0, value));

        assertRefused("weights: tensor [global.vector] holds " + value + ", every weight must be finite", tensors);
    }

    @Test
    void aManifestOutOfRangeMakesNoArtifact() {
        LookalikeForm form = new LookalikeForm(LookalikeForm.Activation.RELU, true, 1, 0, -1);
        ModelManifest negative = ExampleArtifacts.manifest(form, 4, 3, 2);

        assertRefused(
                "model.json: [form]: [global_size_weight] must be a number from 0.0 to 1000000.0, but is -1.0",
                () -> ModelArtifact.of(negative, TENSORS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''           | model.json: must be a JSON object",
                "[1]          | model.json: must be a JSON object",
                "null         | model.json: must be a JSON object",
                "{\"id\":1    | model.json: is not valid JSON: Unexpected end-of-input: expected close marker for Object",
                "{\"id\":1, \"id\":2} | model.json: is not valid JSON: Duplicate field 'id'",
                "{\"format\":\"f\",\"format_version\":1} x | model.json: is not valid JSON: Unrecognized token 'x'",
                "{\"format\":\"f\",\"format_version\":1} {} | model.json: is not valid JSON: Trailing token",
            })
    void aManifestThatIsNotOneJsonObjectIsRefused(String json, String message) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);

        Exception e = assertThrows(InvalidArtifactException.class, () -> ModelArtifact.parse(bytes, new byte[0]));

        assertEquals(
                message,
                e.getMessage()
                        .substring(0, Math.min(message.length(), e.getMessage().length())));
    }

    @Test
    void aWeightsArrayChangedAfterwardsLeavesTheArtifactUntouched() {
        ModelArtifact artifact = ModelArtifact.of(MANIFEST, TENSORS);
        byte[] weights = artifact.weights();
        ModelArtifact parsed = ModelArtifact.parse(artifact.manifest().toJson(), weights);

        weights[0] = 42;
        parsed.weights()[0] = 42;

        assertArrayEquals(artifact.weights(), parsed.weights());
    }

    private static void assertRefused(String message, Map<String, Tensor> tensors) {
        byte[] weights = Safetensors.write(tensors);
        ModelManifest manifest = MANIFEST.withWeightsSha256(Checksums.sha256Hex(weights));
        assertRefused(message, () -> ModelArtifact.parse(manifest.toJson(), weights));
        assertRefused(message, () -> ModelArtifact.of(MANIFEST, tensors));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(InvalidArtifactException.class, call::run).getMessage());
    }
}
