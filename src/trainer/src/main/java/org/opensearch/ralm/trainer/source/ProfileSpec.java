package org.opensearch.ralm.trainer.source;

import java.util.List;

/**
 * A table with one row a user or one row an item.
 *
 * @param table   where it is
 * @param id      the SQL that yields the external id
 * @param columns what else is read of each row
 */
record ProfileSpec(Table table, String id, List<ColumnSpec> columns) {}
