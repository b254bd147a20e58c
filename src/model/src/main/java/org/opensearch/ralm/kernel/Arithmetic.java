package org.opensearch.ralm.kernel;

/**
 * What a kernel computes with: plain Java, or the processor's vector registers where the process may use them.
 *
 * <p>Implementations agree but for roundings. Stateless, safe for use by several threads.
 */
interface Arithmetic {

    /** Rows of float32, little endian. */
    Rows floats();

    /** Rows of int8. */
    Rows bytes();

    /** Σ a_d b_d of vectors of the same length. */
    float product(float[] a, float[] b);

    /**
     * The local attention's weights, softmax(τ·tanh(t_j) + s_j), which sum to 1. All arrays reach to the next multiple of 8
     * at least; what they hold beyond the clusters must be 0 in the products and −∞ in the size logits.
     *
     * @param products t_j, the products of the query and the centroids
     * @param sizeLogits s_j, what the sizes of the clusters add
     * @param largestSizeLogit the largest of the s_j
     * @param temperature τ
     * @param count the number of clusters
     * @param scratch is overwritten
     * @param weights where the weights go, rounded once
     */
    void attend(
            float[] products,
            double[] sizeLogits,
            double largestSizeLogit,
            double temperature,
            int count,
            double[] scratch,
            float[] weights);

    /** The fastest there is for this process. */
    static Arithmetic fastest() {
        return FastestArithmetic.INSTANCE;
    }
}
