package org.opensearch.ralm.trainer.network;

import java.util.List;

/**
 * The sizes of a representation network.
 *
 * @param fieldRows the number of rows of each field's table
 * @param items the number of items
 * @param fieldWidth d
 * @param attention κ, the attention size of a head
 * @param heads how many heads the merge layer has; 1 in the paper
 * @param hidden the width of the hidden layer
 * @param dimension N
 */
public record RepresentationShape(
        List<Integer> fieldRows, int items, int fieldWidth, int attention, int heads, int hidden, int dimension) {

    /** Copies the list. */
    public RepresentationShape {
        fieldRows = List.copyOf(fieldRows);
    }
}
