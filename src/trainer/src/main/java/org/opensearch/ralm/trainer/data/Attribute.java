package org.opensearch.ralm.trainer.data;

/**
 * What is known of each user or of each item under one name: a set of values from a vocabulary, possibly empty.
 *
 * @param name       what the attribute is called, e.g. {@code genres}
 * @param vocabulary the values there are
 * @param values     row i: the value ids of user or item i; an empty row is a missing value
 */
public record Attribute(String name, Vocabulary vocabulary, IdLists values) {

    /** The attribute by which each row is its own only value, e.g. an item's own id. */
    public static Attribute identity(String name, Vocabulary rows) {
        return new Attribute(name, rows, IdLists.identity(rows.size()));
    }
}
