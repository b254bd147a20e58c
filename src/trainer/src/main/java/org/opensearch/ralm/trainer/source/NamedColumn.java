package org.opensearch.ralm.trainer.source;

import java.util.Set;
import org.opensearch.ralm.trainer.yaml.YamlNode;

/**
 * An attribute or a field in YAML.
 *
 * @param node   what to complain about
 * @param name   its name
 * @param column where its values are; the name if nothing else is said
 */
record NamedColumn(YamlNode node, String name, String column) {

    /**
     * Reads the keys {@code name} and {@code column}.
     *
     * @param taken the names that are taken; this one is added
     */
    static NamedColumn of(YamlNode node, Set<String> taken) {
        String name = node.required("name").text();
        if (!taken.add(name)) {
            throw node.required("name").error("is [" + name + "], a name that is taken");
        }
        return new NamedColumn(
                node, name, node.optional("column").map(YamlNode::text).orElse(name));
    }

    /** What separates several values in a text. */
    String separator(String otherwise) {
        return node.optional("separator").map(YamlNode::text).orElse(otherwise);
    }

    /** How many clicks to look back. */
    int last(int otherwise) {
        return node.optional("last").map(value -> value.atLeast(1)).orElse(otherwise);
    }
}
