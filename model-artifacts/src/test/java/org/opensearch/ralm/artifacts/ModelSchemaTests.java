package org.opensearch.ralm.artifacts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.artifact.ContentForm;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelManifest;

/** The schema and {@link ModelManifest} must name, require and allow the same. */
class ModelSchemaTests {

    private JsonNode schema;
    private JsonSchema validator;
    private ObjectNode written;

    @BeforeEach
    void readSchema() throws IOException {
        schema = Published.schema();
        validator = Published.validator();
        JsonNodeFactory json = JsonNodeFactory.instance;
        written = new ModelManifest(
                        "m-1",
                        64,
                        32,
                        16,
                        LookalikeForm.DEFAULT,
                        20,
                        0.3,
                        0.7,
                        new Calibration(10, -5),
                        new ContentForm(4096, List.of("tags")),
                        "0".repeat(64),
                        json.arrayNode().add("city"),
                        json.objectNode())
                .toJson();
    }

    @Test
    void theSchemaIsOneOfItsDraft() {
        JsonSchema draft = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertEquals(Set.of(), draft.validate(schema));
    }

    @Test
    void theMembersOfTheSchemaAreThoseThatAreWritten() {
        assertEquals(names(written), names(schema.get("properties")));
        for (String object : Set.of("form", "calibration", "content")) {
            assertEquals(names(written.get(object)), names(schema.at("/properties/" + object + "/properties")));
        }
    }

    @Test
    void whatIsWrittenFitsTheSchema() {
        assertEquals(Set.of(), validator.validate(written));
    }

    @Test
    void everyMemberIsDescribed() {
        assertDescribed("", schema);
    }

    @Test
    void whatTheSchemaRequiresCannotBeLeftOut() {
        for (String object : Set.of("", "/form", "/calibration", "/content")) {
            String place = object.isEmpty() ? "" : "/properties" + object;
            for (String member : names(schema.at(place + "/properties"))) {
                boolean required = false;
                for (JsonNode name : schema.at(place + "/required")) {
                    required |= name.textValue().equals(member);
                }
                ObjectNode without = written.deepCopy();
                ((ObjectNode) without.at(object)).remove(member);
                assertEquals(required == false, isRead(without), object + "/" + member);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/format              | \"ralm-model\"   | \"other\"",
                "/format_version      | 1              | 2",
                "/id                  | \"A.b_c-d@1\"    | \"\"",
                "/id                  | \"1\"            | \"-a\"",
                "/id                  | \"m\"            | \"a/b\"",
                "/id                  | \"m\"            | 7",
                "/universal_dimension | 1              | 0",
                "/universal_dimension | 65536          | 65537",
                "/universal_dimension | 64             | 64.5",
                "/dimension           | 1              | 0",
                "/dimension           | 1024           | 1025",
                "/attention_dimension | 1              | 0",
                "/attention_dimension | 65536          | 65537",
                "/form                | {\"activation\":\"relu\",\"unit_length\":true,\"local_temperature\":1,"
                        + "\"local_size_weight\":0,\"global_size_weight\":0} | {}",
                "/form/activation     | \"relu\"         | \"RELU\"",
                "/form/activation     | \"prelu\"        | \"tanh\"",
                "/form/unit_length    | false          | \"false\"",
                "/form/local_temperature  | 0.001      | 0",
                "/form/local_temperature  | 1000000    | 1000001",
                "/form/local_size_weight  | 0          | -0.5",
                "/form/local_size_weight  | 1000000    | 1000001",
                "/form/global_size_weight | 0          | -0.5",
                "/form/global_size_weight | 1000000    | 1000001",
                "/form/other          |                | 1",
                "/clusters            | 1              | 0",
                "/clusters            | 128            | 129",
                "/alpha               | 0              | -0.1",
                "/alpha               | 0.25           | 1.1",
                "/beta                | 0              | -0.1",
                "/beta                | 0.5            | 1.1",
                "/calibration/gamma   | 0.001          | 0",
                "/calibration/bias    | -7.5           | \"0\"",
                "/calibration/other   |                | 1",
                "/content/buckets     | 1              | 0",
                "/content/buckets     | 1048576        | 1048577",
                "/content/fields      | [\"a\", \"b\"]     | []",
                "/content/fields      | [\"a\"]          | [\"a\", \"a\"]",
                "/content/fields      |                | [\"\"]",
                "/content/fields      |                | \"tags\"",
                "/content/other       |                | 1",
                "/weights_sha256      | \"00000000000000000000000000000000000000000000000000000000000000Fa\" | \"00\"",
                "/features            | {\"a\":1}        |",
                "/training            | [1, 2]         |",
                "/other               |                | 1",
            })
    void schemaAndReaderAgreeOnValues(String member, String good, String bad) throws IOException {
        if (good != null) {
            assertBoth(true, with(member, good));
        }
        if (bad != null) {
            assertBoth(false, with(member, bad));
        }
    }

    @Test
    void schemaAndReaderWantOneOfTheWeightsOfTheScore() throws IOException {
        ObjectNode neither = with("/alpha", "0");
        neither.put("beta", 0);
        assertBoth(false, neither);
    }

    private ObjectNode with(String member, String value) throws IOException {
        ObjectNode changed = written.deepCopy();
        JsonPointer pointer = JsonPointer.compile(member);
        ((ObjectNode) changed.at(pointer.head()))
                .set(
                        pointer.last().getMatchingProperty(),
                        JsonMapper.builder().build().readTree(value));
        return changed;
    }

    private void assertBoth(boolean valid, JsonNode manifest) {
        assertEquals(valid, isRead(manifest), "read: " + manifest);
        assertEquals(valid, validator.validate(manifest).isEmpty(), "by schema: " + manifest);
    }

    private static boolean isRead(JsonNode manifest) {
        try {
            ModelManifest.parse(manifest);
            return true;
        } catch (InvalidArtifactException e) {
            return false;
        }
    }

    private static void assertDescribed(String path, JsonNode part) {
        for (String name : names(part.path("properties"))) {
            JsonNode member = part.get("properties").get(name);
            boolean repeated = path.startsWith("/anyOf");
            assertTrue(repeated || member.path("description").asText().length() > 10, path + "/" + name);
            assertDescribed(path + "/" + name, member);
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
