package org.opensearch.ralm.plugin.setup;

import java.util.LinkedHashMap;
import java.util.Map;

/** What one mapping has and another lacks. */
final class MissingFields {

    private static final String PROPERTIES = "properties";

    private MissingFields() {}

    /** The part of a needed mapping that is not in a given one; empty if nothing is missing. */
    static Map<String, Object> of(Map<String, Object> needed, Map<String, Object> given) {
        Map<String, Object> present = properties(given);
        Map<String, Object> missing = new LinkedHashMap<>();
        properties(needed).forEach((name, definition) -> {
            Object found = present.get(name);
            if (found == null) {
                missing.put(name, definition);
            } else if (isObject(definition) && isObject(found)) {
                Map<String, Object> within = of(asMap(definition), asMap(found));
                if (within.isEmpty() == false) {
                    missing.put(name, within);
                }
            }
        });
        return missing.isEmpty() ? Map.of() : Map.of(PROPERTIES, missing);
    }

    /** A mapping with what was missing. */
    static Map<String, Object> added(Map<String, Object> given, Map<String, Object> missing) {
        Map<String, Object> all = new LinkedHashMap<>(properties(given));
        properties(missing)
                .forEach((name, definition) ->
                        all.merge(name, definition, (found, more) -> added(asMap(found), asMap(more))));
        Map<String, Object> mapping = new LinkedHashMap<>(given);
        mapping.put(PROPERTIES, all);
        return mapping;
    }

    private static boolean isObject(Object definition) {
        return asMap(definition).containsKey(PROPERTIES);
    }

    private static Map<String, Object> properties(Map<String, Object> mapping) {
        Object properties = mapping.get(PROPERTIES);
        return properties == null ? Map.of() : asMap(properties);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> asMap(Object definition) {
        return (Map<String, Object>) definition;
    }
}
