package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What distribution/openapi.yaml says of requests and answers. */
final class OpenApi {
    static final Path FILE = Checkout.file("distribution/openapi.yaml");

    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete");
    private static final String CONTENT = "/content/application~1json/schema";

    private final JsonNode document;

    private OpenApi(JsonNode document) {
        this.document = document;
    }

    static OpenApi read() throws IOException {
        return new OpenApi(new YAMLMapper().readTree(FILE.toFile()));
    }

    /** All operations, as {@code GET /path/{part}}. */
    SortedSet<String> routes() {
        SortedSet<String> routes = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                    if (METHODS.contains(method)) {
                        routes.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));
        return routes;
    }

    /** The operation that a request is for, {@code GET /path/part}; empty if it is none of ours. */
    Optional<String> route(String request) {
        return routes().stream()
                .filter(route -> request.matches(route.replaceAll("\\{\\w+}", "[^/]+")))
                .findFirst();
    }

    /** What of a request's body is not as described. */
    Set<String> faultsOfRequest(String route, JsonNode body) {
        return faults(operation(route).at("/requestBody" + CONTENT), body);
    }

    /** What of an answer is not as described. */
    Set<String> faultsOfAnswer(String route, int status, JsonNode answer) {
        JsonNode responses = operation(route).path("responses");
        JsonNode response = responses.path(String.valueOf(status));
        if (response.isMissingNode()) {
            response = responses.path(status / 100 + "XX");
        }
        if (response.has("$ref")) {
            response = document.at(response.path("$ref").asText().substring(1));
        }
        return faults(response.at(CONTENT), answer);
    }

    private JsonNode operation(String route) {
        String[] methodAndPath = route.split(" ");
        return document.path("paths").path(methodAndPath[1]).path(methodAndPath[0].toLowerCase(Locale.ROOT));
    }

    private Set<String> faults(JsonNode schema, JsonNode value) {
        if (schema.isMissingNode()) {
            return Set.of("nothing is said of it");
        }
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.path("components"));
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(whole).validate(value).stream()
                .map(ValidationMessage::getMessage)
                .collect(Collectors.toSet());
    }

    /** The names of the members of a schema. */
    Set<String> members(String schema) {
        return document.at("/components/schemas/" + schema + "/properties").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
