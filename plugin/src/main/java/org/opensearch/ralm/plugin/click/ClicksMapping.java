package org.opensearch.ralm.plugin.click;

import java.util.LinkedHashMap;
import java.util.Map;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.IndexMapping;

/** What the mapping of an index of clicks has to be. */
public final class ClicksMapping {

    private static final VectorFields FIRST = VectorFields.ofSlot(0);
    private static final VectorFields SECOND = VectorFields.ofSlot(1);

    /** Only feeds whose model is changed need them. */
    private static final Map<String, String> TYPES_OF_SECOND =
            Map.of(SECOND.model(), "keyword", SECOND.vector(), "binary", SECOND.unknownUser(), "boolean");

    private static final Map<String, String> TYPES = types();

    private ClicksMapping() {}

    /**
     * Checks the index of clicks that is written to under a name.
     *
     * @param feed whose clicks they are
     * @throws IllegalArgumentException if there is none, or its mapping is not as it has to be
     */
    public static void check(Metadata metadata, String index, Feed feed) {
        if (IndexMapping.exists(metadata, index) == false) {
            throw new IllegalArgumentException(
                    "index [" + index + "] does not exist; make it with the [_setup] of feed [" + feed.name() + "]");
        }
        check(IndexMapping.of(metadata, index));
    }

    /**
     * Checks a mapping.
     *
     * @throws IllegalArgumentException naming the index, the field, what was found and what was expected
     */
    public static void check(IndexMapping mapping) {
        if (mapping.routingRequired() == false) {
            throw new IllegalArgumentException("index [" + mapping.index()
                    + "] has [_routing.required] false, expected true: clicks are routed by their candidate");
        }
        TYPES.forEach((field, type) -> check(mapping.index(), field, mapping.field(field, type)));
        TYPES_OF_SECOND.forEach((field, type) -> {
            if (mapping.field(field) != null) {
                check(mapping.index(), field, mapping.field(field, type));
            }
        });
    }

    private static void check(String index, String field, Map<?, ?> definition) {
        if (field.equals(FIRST.vector()) || field.equals(SECOND.vector())) {
            expect(index, field, definition, "doc_values", "true", "false");
            return;
        }
        expect(index, field, definition, "doc_values", "true", "true");
        if (definition.get("type").equals("date")) {
            return;
        }
        expect(index, field, definition, "index", "true", "true");
        if (definition.get("type").equals("keyword")) {
            expect(index, field, definition, "normalizer", "none", "none");
            int longest = ClickId.MOST_BYTES;
            if (Integer.parseInt(parameter(definition, "ignore_above", String.valueOf(longest))) < longest) {
                throw unexpected(index, field, "ignore_above", definition.get("ignore_above"), "at least " + longest);
            }
        }
    }

    private static void expect(
            String index, String field, Map<?, ?> definition, String parameter, String expected, String byDefault) {
        String found = parameter(definition, parameter, byDefault);
        if (found.equals(expected) == false) {
            throw unexpected(index, field, parameter, found, expected);
        }
    }

    private static String parameter(Map<?, ?> definition, String name, String byDefault) {
        return definition.get(name) == null ? byDefault : String.valueOf(definition.get(name));
    }

    private static IllegalArgumentException unexpected(
            String index, String field, String parameter, Object found, String expected) {
        return new IllegalArgumentException("index [" + index + "] has field [" + field + "] with [" + parameter + "] ["
                + found + "], expected " + expected);
    }

    private static Map<String, String> types() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put(ClickFields.CANDIDATE, "keyword");
        types.put(ClickFields.USER, "keyword");
        types.put(ClickFields.TIME, "date");
        types.put(ClickFields.RECEIVED, "date");
        types.put(FIRST.model(), "keyword");
        types.put(FIRST.vector(), "binary");
        types.put(FIRST.unknownUser(), "boolean");
        return types;
    }
}
