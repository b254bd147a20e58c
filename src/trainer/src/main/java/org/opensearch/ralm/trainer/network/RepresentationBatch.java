package org.opensearch.ralm.trainer.network;

import java.util.List;
import org.opensearch.ralm.representation.FieldRows;

/**
 * Samples of the representation phase.
 *
 * @param fields the users' fields at the time of their click
 * @param items for each user the clicked item and then the negatives, users after each other
 * @param corrections what is taken from the score of each of the items, log q of the negatives' sampler; empty for nothing
 */
public record RepresentationBatch(List<FieldRows> fields, int[] items, float[] corrections) {

    /** Copies the list of fields. */
    public RepresentationBatch {
        fields = List.copyOf(fields);
    }

    int users() {
        return fields.get(0).users();
    }

    int choices() {
        return items.length / users();
    }
}
