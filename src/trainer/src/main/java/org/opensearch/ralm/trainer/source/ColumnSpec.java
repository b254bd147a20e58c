package org.opensearch.ralm.trainer.source;

/**
 * A column of a users or items table.
 *
 * @param name       what it is called in the dataset
 * @param expression the SQL that yields it
 * @param separator  between several values in one text; empty if the text is one value
 * @param number     whether it is a number rather than values of a vocabulary
 */
record ColumnSpec(String name, String expression, String separator, boolean number) {

    static ColumnSpec one(String name, String expression) {
        return new ColumnSpec(name, expression, "", false);
    }

    static ColumnSpec many(String name, String expression, String separator) {
        return new ColumnSpec(name, expression, separator, false);
    }

    static ColumnSpec number(String name, String expression) {
        return new ColumnSpec(name, expression, "", true);
    }
}
