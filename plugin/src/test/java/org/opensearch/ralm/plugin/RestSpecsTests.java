package org.opensearch.ralm.plugin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;

/** The routes that distribution/rest-api-spec describes are those that the plugin's handlers have. */
class RestSpecsTests {

    private static final Pattern PART = Pattern.compile("\\{(\\w+)}");

    @Test
    void specsAndHandlersHaveTheSameRoutes() throws Exception {
        List<String> described = new ArrayList<>();
        for (Map<String, Object> path : describedPaths()) {
            texts(path.get("methods")).forEach(method -> described.add(method + " " + path.get("path")));
        }
        assertEquals(
                new RalmPlugin(Settings.EMPTY)
                        .getRestHandlers(null, null, null, null, null, null, null).stream()
                                .flatMap(handler -> handler.routes().stream())
                                .map(route -> route.getMethod() + " " + route.getPath())
                                .sorted()
                                .toList(),
                described.stream().sorted().toList());
    }

    @Test
    void partsOfPathsAreDescribed() throws Exception {
        for (Map<String, Object> path : describedPaths()) {
            Set<String> expected = PART.matcher((String) path.get("path"))
                    .results()
                    .map((MatchResult part) -> part.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(
                    expected,
                    new TreeSet<>(object(path.getOrDefault("parts", Map.of())).keySet()),
                    path::toString);
        }
    }

    private static List<Map<String, Object>> describedPaths() throws IOException, URISyntaxException {
        List<Map<String, Object>> paths = new ArrayList<>();
        Path folder =
                Path.of(RestSpecsTests.class.getResource("/rest-api-spec/api").toURI());
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "ralm.*.json")) {
            for (Path file : files) {
                Map<String, Object> spec = read(file);
                String api = file.getFileName().toString().replaceFirst("\\.json$", "");
                assertEquals(Set.of(api), spec.keySet());
                for (Object path :
                        (List<?>) object(object(spec.get(api)).get("url")).get("paths")) {
                    paths.add(object(path));
                }
            }
        }
        return paths;
    }

    private static Map<String, Object> read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return XContentHelper.convertToMap(JsonXContent.jsonXContent, in, false);
        }
    }

    private static List<String> texts(Object value) {
        return ((List<?>) value).stream().map(String.class::cast).toList();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(Object value) {
        return (Map<String, Object>) value;
    }
}
