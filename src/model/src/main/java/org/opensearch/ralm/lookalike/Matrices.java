package org.opensearch.ralm.lookalike;

import org.ejml.data.DMatrixRMaj;

/** Between the float32 arrays of artifacts and blocks and the double matrices of the forward pass. */
final class Matrices {

    private Matrices() {}

    static DMatrixRMaj matrix(int rows, int columns, float[] values) {
        return new DMatrixRMaj(rows, columns, true, doubles(values));
    }

    static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }

    static float[] floats(double[] values, int count) {
        float[] floats = new float[count];
        for (int i = 0; i < count; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    static void softmax(double[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double logit : logits) {
            largest = Math.max(largest, logit);
        }
        double sum = 0;
        for (int i = 0; i < logits.length; i++) {
            logits[i] = Math.exp(logits[i] - largest);
            sum += logits[i];
        }
        for (int i = 0; i < logits.length; i++) {
            logits[i] /= sum;
        }
    }
}
