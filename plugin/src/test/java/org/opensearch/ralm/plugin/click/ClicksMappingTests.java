package org.opensearch.ralm.plugin.click;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.opensearch.common.io.Streams;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.ralm.plugin.feed.IndexMapping;

class ClicksMappingTests {

    private static Map<String, Object> mapping() throws IOException {
        String json = Streams.readFully(ClicksMapping.class.getResourceAsStream("mapping.json"))
                .utf8ToString();
        return XContentHelper.convertToMap(JsonXContent.jsonXContent, json, true);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> fields(Map<String, Object> mapping) {
        return (Map<String, Object>) mapping.get("properties");
    }

    private static void assertRefused(String field, Map<String, Object> definition, String message) throws IOException {
        Map<String, Object> mapping = mapping();
        if (definition == null) {
            fields(mapping).remove(field);
        } else {
            fields(mapping).put(field, definition);
        }
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> ClicksMapping.check(new IndexMapping("clicks", true, mapping)));
        assertEquals("index [clicks] " + message, e.getMessage());
    }

    @Test
    void mappingThatWeMakeIsRight() throws IOException {
        ClicksMapping.check(new IndexMapping("clicks", true, mapping()));
    }

    @Test
    void routingMustBeRequired() throws IOException {
        IndexMapping mapping = new IndexMapping("clicks", false, mapping());
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> ClicksMapping.check(mapping));
        assertEquals(
                "index [clicks] has [_routing.required] false, expected true: clicks are routed by their candidate",
                e.getMessage());
    }

    @Test
    void fieldsMustBeThereWithTheirTypes() throws IOException {
        for (String field : fields(mapping()).keySet()) {
            Object type = ((Map<?, ?>) fields(mapping()).get(field)).get("type");
            if (field.endsWith("_2") == false) {
                assertRefused(field, null, "has no field [" + field + "], expected one of type [" + type + "]");
            }
            assertRefused(
                    field,
                    Map.of("type", "text"),
                    "has field [" + field + "] of type [text], expected one of type [" + type + "]");
            assertRefused(
                    field,
                    Map.of("properties", Map.of()),
                    "has field [" + field + "] of type [object], expected one of type [" + type + "]");
        }
    }

    @Test
    void fieldsOfASecondVectorMayBeMissing() throws IOException {
        Map<String, Object> mapping = mapping();
        fields(mapping).keySet().removeIf(field -> field.endsWith("_2"));
        ClicksMapping.check(new IndexMapping("clicks", true, mapping));
    }

    @Test
    void fieldsMustBeReadable() throws IOException {
        assertRefused(
                "vector", Map.of("type", "binary"), "has field [vector] with [doc_values] [false], expected true");
        assertRefused(
                "user",
                Map.of("type", "keyword", "doc_values", false),
                "has field [user] with [doc_values] [false], expected true");
        assertRefused(
                "unknown_user",
                Map.of("type", "boolean", "index", false),
                "has field [unknown_user] with [index] [false], expected true");
        assertRefused(
                "candidate",
                Map.of("type", "keyword", "normalizer", "lowercase"),
                "has field [candidate] with [normalizer] [lowercase], expected none");
        assertRefused(
                "candidate",
                Map.of("type", "keyword", "ignore_above", 256),
                "has field [candidate] with [ignore_above] [256], expected at least 512");
    }
}
