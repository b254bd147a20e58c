package org.opensearch.ralm.trainer.source;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What is noted of the circumstances of a click.
 *
 * @param columns of the table of clicks; may be none
 */
record ContextSpec(List<ColumnSpec> columns) {
    /** Stands between the values of a context; no text has it. */
    static final String SEPARATOR = "\u001e";

    static final ContextSpec NONE = new ContextSpec(List.of());

    /** The SQL that yields all the values of a click as one text. */
    List<String> selected() {
        if (columns.isEmpty()) {
            return List.of();
        }
        String joined = columns.stream()
                .map(column -> "coalesce((" + column.expression() + ")::VARCHAR, '')")
                .collect(Collectors.joining(", "));
        return List.of("concat_ws(chr(" + (int) SEPARATOR.charAt(0) + "), " + joined + ")");
    }
}
