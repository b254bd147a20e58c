package org.opensearch.ralm.lookalike;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.opensearch.ralm.cluster.Clusters;

/**
 * The global attention: what the seeds have in common, whoever looks.
 *
 * <p>a = softmax(tanh(C W_g) w_g + λ·log n), G = Σ a_j c_j. The paper prints equation (10) with shapes that do not fit;
 * this is self-attention as in its reference [7] (Lin et al. 2017), which its figure 4 draws. It is our reading: the
 * authors' corrected formula is lost.
 *
 * @param weight W_g, h × s
 * @param vector w_g, s × 1
 * @param sizeWeight λ
 */
record GlobalAttention(DMatrixRMaj weight, DMatrixRMaj vector, double sizeWeight) {

    /** The attention weights of the clusters, which sum to 1. */
    double[] weights(Clusters clusters) {
        DMatrixRMaj hidden = new DMatrixRMaj(clusters.count(), weight.numCols);
        CommonOps_DDRM.mult(
                Matrices.matrix(clusters.count(), clusters.dimension(), clusters.centroids()), weight, hidden);
        for (int i = 0; i < hidden.getNumElements(); i++) {
            hidden.data[i] = Math.tanh(hidden.data[i]);
        }
        DMatrixRMaj logits = new DMatrixRMaj(clusters.count(), 1);
        CommonOps_DDRM.mult(hidden, vector, logits);
        for (int j = 0; j < clusters.count(); j++) {
            logits.data[j] += sizeWeight * Math.log(clusters.sizes()[j]);
        }
        Matrices.softmax(logits.data);
        return logits.data;
    }
}
