package org.opensearch.ralm.plugin.seeds;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a document says in a feed's content fields: texts, numbers and truth values, as texts, one or an array of them. A
 * field's path may lead through objects and arrays of objects.
 */
final class CandidateContent {

    private CandidateContent() {}

    /** The values by field; what is no value is passed over. */
    static Map<String, List<String>> of(Map<String, Object> source, List<String> fields) {
        return read(source, fields, unfit -> {});
    }

    /**
     * Checks that a document has nothing else in these fields.
     *
     * @throws IllegalArgumentException naming the field
     */
    static void check(Map<String, Object> source, List<String> fields) {
        read(source, fields, field -> {
            throw new IllegalArgumentException("content field [" + field
                    + "] must be a text, a number, true or false, or an array of these, but holds an object");
        });
    }

    private static Map<String, List<String>> read(
            Map<String, Object> source, List<String> fields, Consumer<String> unfit) {
        Map<String, List<String>> content = new LinkedHashMap<>();
        for (String field : fields) {
            List<String> values = new ArrayList<>();
            find(source, field, leaf -> {
                if (leaf instanceof String || leaf instanceof Number || leaf instanceof Boolean) {
                    values.add(leaf.toString());
                } else if (leaf != null) {
                    unfit.accept(field);
                }
            });
            content.put(field, values);
        }
        return content;
    }

    /** Hands on all that lies at a path, which may be written with dots in a member's name, too. */
    private static void find(Object node, String path, Consumer<Object> leaves) {
        if (node instanceof List<?> elements) {
            elements.forEach(element -> find(element, path, leaves));
        } else if (path.isEmpty()) {
            leaves.accept(node);
        } else if (node instanceof Map<?, ?> object) {
            for (int end = path.indexOf('.'); end >= 0; end = path.indexOf('.', end + 1)) {
                find(object.get(path.substring(0, end)), path.substring(end + 1), leaves);
            }
            find(object.get(path), "", leaves);
        }
    }
}
