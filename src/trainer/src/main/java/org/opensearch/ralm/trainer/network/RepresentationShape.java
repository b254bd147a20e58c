package org.opensearch.ralm.trainer.network;

import java.util.List;

/**
 * The sizes and form of a representation network.
 *
 * @param fieldRows the number of rows of each field's table
 * @param items the number of items
 * @param fieldWidth d
 * @param fieldLayer what a field passes before it is merged
 * @param merge how fields are merged
 * @param attention κ, the attention size of a head
 * @param heads how many heads attention has; 1 in the paper
 * @param hidden the width of the hidden layer
 * @param dimension N
 */
public record RepresentationShape(
        List<Integer> fieldRows,
        int items,
        int fieldWidth,
        FieldLayer fieldLayer,
        Merge merge,
        int attention,
        int heads,
        int hidden,
        int dimension) {

    /** Copies the list. */
    public RepresentationShape {
        fieldRows = List.copyOf(fieldRows);
    }

    /** Vectors that are merged: the fields and, under attention, the default row of users who have none. */
    int slots() {
        return fieldRows.size() + (merge == Merge.ATTENTION ? 1 : 0);
    }

    /** Width of the merged vector. */
    int merged() {
        return (merge == Merge.ATTENTION ? heads : slots()) * fieldWidth;
    }

    /** How many numbers are learned, those of all tables included. */
    public long parameters() {
        long width = fieldWidth;
        long tables = fieldRows.stream().mapToLong(Integer::longValue).sum() * width + (long) items * dimension;
        long defaultRow = merge == Merge.ATTENTION ? width : 0;
        long fieldLayers = fieldLayer == FieldLayer.RELU ? slots() * (width + 1) * width : 0;
        long units = (long) heads * attention;
        long attentionLayer = merge == Merge.ATTENTION ? (width + 2) * units : 0;
        long layers = (merged() + 1L) * hidden + (hidden + 1L) * dimension;
        return tables + defaultRow + fieldLayers + attentionLayer + layers;
    }
}
