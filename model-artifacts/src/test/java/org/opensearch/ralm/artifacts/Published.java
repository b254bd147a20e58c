package org.opensearch.ralm.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opensearch.ralm.artifact.ModelArtifact;

/** The files of this module; Maven runs its tests in its directory. */
final class Published {

    static final Path README = Path.of("README.md");
    static final Path DEMO = Path.of("demo");

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private Published() {}

    static JsonNode schema() throws IOException {
        return JSON.readTree(Files.readAllBytes(Path.of("model.schema.json")));
    }

    static JsonSchema validator() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(schema());
    }

    static JsonNode demoManifest() throws IOException {
        return JSON.readTree(Files.readAllBytes(DEMO.resolve(ModelArtifact.MANIFEST_FILE)));
    }
}
