package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The file that the repository holds; Maven runs the tests in the module's directory. */
final class Committed {

    static final Path FILE = Path.of("ralm.ndjson");

    private static final JsonMapper JSON = new JsonMapper();

    private Committed() {}

    static List<JsonNode> objects() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : Files.readAllLines(FILE)) {
            objects.add(JSON.readTree(line));
        }
        return objects;
    }

    static List<JsonNode> objects(String type) throws IOException {
        return objects().stream()
                .filter(object -> object.path("type").asText().equals(type))
                .toList();
    }

    /** What an object keeps as JSON in a text. */
    static JsonNode inside(JsonNode object, String pointer) throws IOException {
        return JSON.readTree(object.at(pointer).textValue());
    }
}
