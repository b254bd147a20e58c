package org.opensearch.ralm.trainer.data;

import java.util.List;

/**
 * The fields of a batch of (user, time) rows.
 *
 * @param rows    how many rows there are
 * @param columns one a field, in the order of {@link Dataset#fields()}
 */
public record FieldBatch(int rows, List<FieldColumn> columns) {

    public FieldBatch {
        columns = List.copyOf(columns);
    }
}
