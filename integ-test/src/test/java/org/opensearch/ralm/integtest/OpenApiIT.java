package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The description of the routes is one, and says no more and no less than rest-api-spec. */
class OpenApiIT {

    @Test
    void theDocumentIsOpenApi() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult result = new OpenAPIV3Parser().readLocation(OpenApi.FILE.toString(), null, options);
        assertEquals(List.of(), result.getMessages());
        assertEquals("3.1.0", result.getOpenAPI().getOpenapi());
        assertEquals(Installation.version(), result.getOpenAPI().getInfo().getVersion());
    }

    /** These in turn are compared with the handlers by the plugin's tests. */
    @Test
    void itsRoutesAreThoseOfTheRestSpecs() throws IOException {
        SortedSet<String> routes = new TreeSet<>();
        try (DirectoryStream<Path> specs =
                Files.newDirectoryStream(Checkout.file("distribution/rest-api-spec/api"), "*.json")) {
            for (Path spec : specs) {
                JsonNode api =
                        new ObjectMapper().readTree(spec.toFile()).elements().next();
                for (JsonNode path : api.at("/url/paths")) {
                    path.path("methods")
                            .forEach(method -> routes.add(
                                    method.asText() + " " + path.path("path").asText()));
                }
            }
        }
        assertEquals(routes, OpenApi.read().routes());
    }
}
