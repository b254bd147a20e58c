package org.opensearch.ralm.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The file that Dashboards imports. */
class SavedObjectsTests {

    private static final String SCHEMA = "saved-objects.schema.json";
    private static final String SEARCH_SOURCE = "/attributes/kibanaSavedObjectMeta/searchSourceJSON";

    @Test
    void theCommittedFileIsWhatTheGeneratorMakes() throws IOException {
        assertEquals(Generator.lines(FeedNames.DEMO), Files.readString(Committed.FILE));
    }

    @Test
    void objectsFitTheSchema() throws IOException {
        for (JsonNode object : Committed.objects()) {
            assertFits("", object);
        }
    }

    @Test
    void whatObjectsKeepInTextsFitsTheSchema() throws IOException {
        for (JsonNode visualization : Committed.objects("visualization")) {
            assertFits("searchSourceJSON", Committed.inside(visualization, SEARCH_SOURCE));
            assertFits("visState", Committed.inside(visualization, "/attributes/visState"));
            assertFits("spec", specification(visualization));
        }
        for (JsonNode dashboard : Committed.objects("dashboard")) {
            assertFits("searchSourceJSON", Committed.inside(dashboard, SEARCH_SOURCE));
            assertFits("optionsJSON", Committed.inside(dashboard, "/attributes/optionsJSON"));
            assertFits("panelsJSON", Committed.inside(dashboard, "/attributes/panelsJSON"));
        }
    }

    @Test
    void theSchemaRefusesWhatDashboardsDoesNotKnow() throws IOException {
        JsonNode object = new JsonMapper()
                .readTree(
                        """
                {"type": "dashboard", "id": "d", "references": [], "migrationVersion": {"dashboard": "7.9.3"},
                 "attributes": {"title": "D", "panels": []}}
                """);
        assertFalse(schema("").validate(object).isEmpty());
        assertFalse(schema("panelsJSON").validate(object.path("references")).isEmpty());
    }

    @Test
    void everyReferenceIsToAnObjectOfTheFileAndEveryIdIsItsOwn() throws IOException {
        Set<String> ids = new HashSet<>();
        for (JsonNode object : Committed.objects()) {
            for (JsonNode reference : object.path("references")) {
                assertTrue(ids.contains(key(reference)), reference + " comes before what it refers to");
            }
            assertTrue(ids.add(key(object)), "twice: " + key(object));
        }
    }

    @Test
    void everyPanelIsOneReferenceAndEveryVisualizationOnePanel() throws IOException {
        Set<String> shown = new HashSet<>();
        for (JsonNode dashboard : Committed.objects("dashboard")) {
            List<String> panels =
                    Committed.inside(dashboard, "/attributes/panelsJSON").findValuesAsText("panelRefName");
            assertEquals(dashboard.path("references").findValuesAsText("name"), panels);
            shown.addAll(dashboard.path("references").findValuesAsText("id"));
        }
        Set<String> visualizations = Committed.objects("visualization").stream()
                .map(visualization -> visualization.path("id").asText())
                .collect(Collectors.toSet());
        assertEquals(visualizations, shown);
    }

    @Test
    void panelsLieOnTheGridAndDoNotOverlap() throws IOException {
        for (JsonNode dashboard : Committed.objects("dashboard")) {
            Set<String> taken = new HashSet<>();
            for (JsonNode panel : Committed.inside(dashboard, "/attributes/panelsJSON")) {
                JsonNode place = panel.path("gridData");
                int right = place.path("x").asInt() + place.path("w").asInt();
                int bottom = place.path("y").asInt() + place.path("h").asInt();
                assertTrue(right <= Dashboard.COLUMNS, panel.toString());
                for (int x = place.path("x").asInt(); x < right; x++) {
                    for (int y = place.path("y").asInt(); y < bottom; y++) {
                        assertTrue(taken.add(x + "," + y), panel + " covers another");
                    }
                }
            }
        }
    }

    @Test
    void everyIndexThatIsSearchedHasAPattern() throws IOException {
        Set<String> patterns = Committed.objects("index-pattern").stream()
                .map(pattern -> pattern.at("/attributes/title").asText())
                .collect(Collectors.toSet());
        Set<String> searched = new HashSet<>();
        for (JsonNode visualization : Committed.objects("visualization")) {
            specification(visualization)
                    .findValues("url")
                    .forEach(url -> searched.add(url.path("index").asText()));
        }
        assertEquals(patterns, searched);
    }

    @Test
    void anotherFeedsObjectsHaveOtherIdsAndReadItsIndices() {
        String lines = Generator.lines(new FeedNames("news", "articles", "article-clicks", "seeds"));
        assertFalse(lines.contains("demo"));
        assertTrue(lines.contains("\"id\":\"ralm-news-feed-health\""));
        for (String name : List.of("articles", "article-clicks", "seeds.seed_count")) {
            assertTrue(lines.contains("\\\"" + name + "\\\\\\\""), name);
        }
    }

    private static JsonNode specification(JsonNode visualization) throws IOException {
        JsonNode state = Committed.inside(visualization, "/attributes/visState");
        return Committed.inside(state, "/params/spec");
    }

    private static String key(JsonNode object) {
        return object.path("type").asText() + " " + object.path("id").asText();
    }

    private static void assertFits(String definition, JsonNode json) throws IOException {
        assertEquals(Set.of(), schema(definition).validate(json), () -> definition + " " + json);
    }

    /** The whole schema, or one of its definitions. */
    private static JsonSchema schema(String definition) throws IOException {
        try (InputStream stream = SavedObjectsTests.class.getResourceAsStream(SCHEMA)) {
            JsonSchema schema = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(new JsonMapper().readTree(stream));
            return definition.isEmpty()
                    ? schema
                    : schema.getSubSchema(new JsonNodePath(PathType.JSON_POINTER)
                            .append("$defs")
                            .append(definition));
        }
    }
}
