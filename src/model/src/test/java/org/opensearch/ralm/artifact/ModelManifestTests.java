package org.opensearch.ralm.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelManifestTests {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyMemberSurvivesJson() throws JsonProcessingException {
        ModelManifest manifest = ExampleArtifacts.manifest(LookalikeForm.PAPER, 128, 64, 32);

        assertEquals(
                manifest, ModelManifest.parse(JSON.readTree(manifest.toJson().toString())));
    }

    @Test
    void theContentModelSurvivesJson() throws JsonProcessingException {
        ModelManifest manifest = ExampleArtifacts.manifest(LookalikeForm.PAPER, 128, 64, 32)
                .withContent(new ContentForm(4096, List.of("tags", "category")), JSON.createObjectNode());

        assertEquals(
                manifest, ModelManifest.parse(JSON.readTree(manifest.toJson().toString())));
    }

    @Test
    void featuresAndTrainingMayBeLeftOut() {
        ObjectNode json = example();
        json.remove("features");
        json.putNull("training");

        ModelManifest manifest = ModelManifest.parse(json);

        assertNull(manifest.features());
        assertEquals(false, manifest.toJson().has("training"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "format",
                "format_version",
                "id",
                "universal_dimension",
                "dimension",
                "attention_dimension",
                "form",
                "form.activation",
                "form.unit_length",
                "form.local_temperature",
                "form.local_size_weight",
                "form.global_size_weight",
                "clusters",
                "alpha",
                "beta",
                "calibration",
                "calibration.gamma",
                "calibration.bias",
                "content.buckets",
                "content.fields",
                "weights_sha256"
            })
    void aMissingMemberIsNamed(String member) {
        ObjectNode json = example();
        parent(json, member).remove(name(member));

        assertRefused(json, path(member) + "[" + name(member) + "] is missing");

        parent(json, member).putNull(name(member));

        assertRefused(json, path(member) + "[" + name(member) + "] is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Alpha", "form.tau", "calibration.beta", "content.hash", "weights"})
    void anUnknownMemberIsNamed(String member) {
        ObjectNode json = example();
        parent(json, member).put(name(member), 1);

        assertRefused(json, path(member) + "[" + name(member) + "] is not a known member");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "format | 7 | a string",
                "format_version | 0 | an integer from 1 to 2147483647",
                "id | \"\" | 1 to 128 letters, digits and . _ - @, the first a letter or digit",
                "id | \"../up\" | 1 to 128 letters, digits and . _ - @, the first a letter or digit",
                "id | 7 | a string",
                "universal_dimension | 0 | an integer from 1 to 65536",
                "universal_dimension | 65537 | an integer from 1 to 65536",
                "dimension | 1025 | an integer from 1 to 1024",
                "dimension | 12.5 | an integer from 1 to 1024",
                "dimension | 4294967300 | an integer from 1 to 1024",
                "dimension | \"128\" | an integer from 1 to 1024",
                "attention_dimension | -1 | an integer from 1 to 65536",
                "clusters | 0 | an integer from 1 to 128",
                "clusters | 129 | an integer from 1 to 128",
                "alpha | -0.1 | a number from 0.0 to 1.0",
                "alpha | 1.1 | a number from 0.0 to 1.0",
                "beta | \"0.7\" | a number from 0.0 to 1.0",
                "beta | 2 | a number from 0.0 to 1.0",
                "form.activation | \"gelu\" | one of [relu, prelu]",
                "form.activation | \"RELU\" | one of [relu, prelu]",
                "form.unit_length | \"yes\" | true or false",
                "form.local_temperature | 0 | a number from 2.2250738585072014E-308 to 1000000.0",
                "form.local_size_weight | -1 | a number from 0.0 to 1000000.0",
                "form.global_size_weight | 1000001 | a number from 0.0 to 1000000.0",
                "calibration.gamma | 0 | a number from 2.2250738585072014E-308 to 1.7976931348623157E308",
                "calibration.bias | true | a number from -1.7976931348623157E308 to 1.7976931348623157E308",
                "content.buckets | 0 | an integer from 1 to 1048576",
                "content.buckets | 1048577 | an integer from 1 to 1048576",
                "content.fields | [] | an array of 1 to 32 distinct strings",
                "content.fields | [7] | an array of 1 to 32 distinct strings",
                "content.fields | [\"\"] | an array of 1 to 32 distinct strings",
                "content.fields | [\"tags\",\"tags\"] | an array of 1 to 32 distinct strings",
                "content.fields | \"tags\" | an array of 1 to 32 distinct strings",
                "weights_sha256 | \"abc\" | 64 hexadecimal digits",
            })
    void aMemberOutOfItsRangeIsNamedWithItsValue(String member, String value, String expected)
            throws JsonProcessingException {
        ObjectNode json = example();
        parent(json, member).set(name(member), JSON.readTree(value));

        assertRefused(json, path(member) + "[" + name(member) + "] must be " + expected + ", but is " + value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "-Infinity"})
    void numbersThatAreNotFiniteAreRefused(String value) {
        ObjectNode json = example();
        json.put("alpha", Double.parseDouble(value));

        InvalidArtifactException e = assertThrows(InvalidArtifactException.class, () -> ModelManifest.parse(json));

        assertEquals("model.json: [alpha] must be a number from 0.0 to 1.0, but is \"" + value + "\"", e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"form", "calibration", "content"})
    void aMemberThatMustBeAnObjectIsNamed(String member) {
        ObjectNode json = example();
        json.put(member, 1);

        assertRefused(json, "model.json: [" + member + "]: must be a JSON object");
    }

    @Test
    void anotherFormatOrVersionIsRefused() {
        assertRefused(
                example().put("format", "onnx"),
                "model.json: format [onnx] version [1] cannot be read, expected [ralm-model] version [1]");
        assertRefused(
                example().put("format_version", 2),
                "model.json: format [ralm-model] version [2] cannot be read, expected [ralm-model] version [1]");
    }

    @Test
    void alphaAndBetaMustNotBothBeZero() {
        assertRefused(example().put("alpha", 0).put("beta", 0), "model.json: [alpha] and [beta] must not both be 0");
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0, 1", "0.35, 0.65", "0.2, 0.2", "0.333333, 0.666667"})
    void alphaAndBetaMayBeOneTogether(double alpha, double beta) {
        ModelManifest manifest =
                ModelManifest.parse(example().put("alpha", alpha).put("beta", beta));
        assertEquals(alpha, manifest.alpha());
        assertEquals(beta, manifest.beta());
    }

    @Test
    void alphaAndBetaAboveOneTogetherAreRefused() {
        assertRefused(
                example().put("alpha", 0.5).put("beta", 0.7),
                "model.json: [alpha] and [beta] must be at most 1 together, so that scores are from -1 to 1,"
                        + " but are 0.5 and 0.7");
    }

    @Test
    void aLongValueIsShortenedInTheMessage() {
        assertRefused(
                example().put("weights_sha256", "f".repeat(1000)),
                "model.json: [weights_sha256] must be 64 hexadecimal digits, but is \"" + "f".repeat(79) + "…");
    }

    private static ObjectNode example() {
        ObjectNode json =
                ExampleArtifacts.manifest(LookalikeForm.DEFAULT, 4, 3, 2).toJson();
        json.putObject("content").put("buckets", 8).putArray("fields").add("tags");
        return json;
    }

    private static ObjectNode parent(ObjectNode json, String member) {
        int dot = member.indexOf('.');
        return dot < 0 ? json : (ObjectNode) json.get(member.substring(0, dot));
    }

    private static String name(String member) {
        return member.substring(member.indexOf('.') + 1);
    }

    private static String path(String member) {
        int dot = member.indexOf('.');
        return dot < 0 ? "model.json: " : "model.json: [" + member.substring(0, dot) + "]: ";
    }

    private static void assertRefused(JsonNode json, String message) {
        assertEquals(
                message,
                assertThrows(InvalidArtifactException.class, () -> ModelManifest.parse(json))
                        .getMessage());
    }
}
