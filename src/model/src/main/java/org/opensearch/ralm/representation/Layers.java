package org.opensearch.ralm.representation;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** Fully connected layers over rows. */
final class Layers {

    private Layers() {}

    /** input · weight + bias. */
    static DMatrixRMaj connected(DMatrixRMaj input, DMatrixRMaj weight, float[] bias) {
        DMatrixRMaj output = new DMatrixRMaj(input.numRows, weight.numCols);
        CommonOps_DDRM.mult(input, weight, output);
        for (int row = 0; row < output.numRows; row++) {
            for (int column = 0; column < output.numCols; column++) {
                output.data[row * output.numCols + column] += bias[column];
            }
        }
        return output;
    }

    /** max(x, 0), in place. */
    static DMatrixRMaj relu(DMatrixRMaj matrix) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = Math.max(0, matrix.data[i]);
        }
        return matrix;
    }
}
