package org.opensearch.ralm.lookalike;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.LookalikeForm.Activation;

/**
 * The layer that both towers share: φ(v) = act(v W_t + b_t), scaled to length 1 where the model's form says so.
 *
 * @param weight W_t, N × h
 * @param bias b_t, h values
 * @param slope of PReLU below 0; 0 for ReLU
 * @param unitLength whether the result is scaled to length 1; a zero vector stays zero
 */
record Transform(DMatrixRMaj weight, double[] bias, double slope, boolean unitLength) {

    static Transform of(LookalikeForm form, DMatrixRMaj weight, double[] bias, double learnedSlope) {
        double slope = form.activation() == Activation.PRELU ? learnedSlope : 0;
        return new Transform(weight, bias, slope, form.unitLength());
    }

    /** Transforms universal embeddings, one a row (rows × N), into look-alike vectors (rows × h). */
    DMatrixRMaj apply(DMatrixRMaj universal) {
        DMatrixRMaj result = new DMatrixRMaj(universal.numRows, weight.numCols);
        CommonOps_DDRM.mult(universal, weight, result);
        for (int row = 0; row < result.numRows; row++) {
            double squares = 0;
            for (int column = 0; column < result.numCols; column++) {
                double value = result.get(row, column) + bias[column];
                double activated = value > 0 ? value : slope * value;
                result.set(row, column, activated);
                squares += activated * activated;
            }
            if (unitLength && squares > 0) {
                scaleRow(result, row, 1 / Math.sqrt(squares));
            }
        }
        return result;
    }

    private static void scaleRow(DMatrixRMaj matrix, int row, double factor) {
        for (int column = 0; column < matrix.numCols; column++) {
            matrix.set(row, column, matrix.get(row, column) * factor);
        }
    }
}
