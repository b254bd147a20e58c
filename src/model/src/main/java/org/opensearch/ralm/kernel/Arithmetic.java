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
     * The local attention's weights, but for a common factor: n_j · e^(s_j + τ (tanh t_j − 1)). All arrays reach to the next
     * multiple of 8 at least; what they hold behind the clusters does not matter and may be overwritten.
     *
     * @param products t_j
     * @param sizes n_j
     * @param logits s_j, of at most 700, and from −700 on when 2τ is taken away
     * @param temperature τ
     * @param count the number of clusters
     * @param weights where they go, rounded once
     */
    void attend(float[] products, int[] sizes, double[] logits, double temperature, int count, float[] weights);

    /** The fastest there is for this process. */
    static Arithmetic fastest() {
        return FastestArithmetic.INSTANCE;
    }
}
