package org.opensearch.ralm.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names of fields come from the mappings, and only from there. */
class FieldsTests {

    @Test
    void aFieldOfTheMappingTakesThePlaceOfItsPlaceholder() {
        Fields metrics = Fields.ofPlugin("metrics/mapping.json");
        assertEquals("{a: 'stats.queries'}", metrics.fill("{a: '<stats.queries>'}"));
    }

    @Test
    void aFieldThatTheMappingDoesNotHaveIsRefused() {
        Fields clicks = Fields.ofPlugin("click/mapping.json");
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> clicks.fill("{a: '<clicked_at>'}"));
        assertTrue(
                refusal.getMessage().startsWith("no field [clicked_at] in click/mapping.json, which has [candidate, "),
                refusal.getMessage());
    }

    @Test
    void anObjectIsNoField() {
        Fields metrics = Fields.ofPlugin("metrics/mapping.json");
        assertThrows(IllegalArgumentException.class, () -> metrics.named("stats"));
    }

    @Test
    void fieldsOfCandidatesLieInTheFeedsObject() {
        assertEquals("look.seed_count", Fields.ofCandidates("look").named("seed_count"));
    }

    /** A body written with a name instead of a placeholder would not be noticed otherwise. */
    @Test
    void everyFieldThatIsAskedForIsOneOfItsIndex() {
        Sources sources = Sources.of(FeedNames.DEMO);
        for (String line : Generator.lines(FeedNames.DEMO).lines().toList()) {
            for (JsonNode url : urls(line)) {
                Source source = sources.indices().stream()
                        .filter(index -> index.index().equals(url.path("index").asText()))
                        .findFirst()
                        .orElseThrow();
                for (String field : url.path("body").findValuesAsText("field")) {
                    String name = source.index().equals(FeedNames.DEMO.candidates()) ? field.substring(5) : field;
                    assertEquals(field, source.fields().named(name));
                }
            }
        }
    }

    private static List<JsonNode> urls(String line) {
        List<JsonNode> urls = new ArrayList<>();
        JsonNode state = Json.read(line).at("/attributes/visState");
        if (state.isTextual()) {
            urls.addAll(Json.read(Json.read(state.asText()).at("/params/spec").asText())
                    .findValues("url"));
        }
        return urls;
    }
}
