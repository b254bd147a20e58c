package org.opensearch.ralm.representation;

import org.ejml.data.DMatrixRMaj;

/** The vectors of all fields side by side, zeros for a missing one: the merge layer of YouTube DNN. */
final class Concatenation implements MergeLayer {

    @Override
    public boolean hasDefaultRow() {
        return false;
    }

    @Override
    public DMatrixRMaj merge(FieldVectors fields) {
        DMatrixRMaj merged = fields.matrix().copy();
        merged.reshape(fields.users(), fields.slots() * fields.width());
        return merged;
    }

    @Override
    public double[][] weights(FieldVectors fields) {
        return new double[0][];
    }
}
