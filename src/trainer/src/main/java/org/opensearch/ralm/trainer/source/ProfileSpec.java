package org.opensearch.ralm.trainer.source;

import java.util.List;

/**
 * A table with one row a user or one row an item.
 *
 * @param table    where it is
 * @param id       the SQL that yields the external id
 * @param columns  what else is read of each row
 * @param repeated whether a user or item may have several rows, of which the first counts
 */
record ProfileSpec(Table table, String id, List<ColumnSpec> columns, boolean repeated) {

    /** A table without a second row of the same id. */
    ProfileSpec(Table table, String id, List<ColumnSpec> columns) {
        this(table, id, columns, false);
    }
}
