package org.opensearch.ralm.kernel;

import org.opensearch.ralm.block.SeedBlock;

/**
 * The local attention, equation (9): how much each cluster of a candidate matters to a user, softmax(τ·tanh(t) + λ·log n),
 * and the direction of the sum L of the centroids so weighted.
 *
 * <p>A direction does not depend on a common factor, so weights are n_j^λ · e^(τ (tanh t_j − 1)), which need not wait for
 * their sum: the sum of the rows begins while the last weights are still computed. n^λ is n · e^((λ − 1) log n), so that
 * λ = 1, which most models have, needs no logarithm. Only where |L|² is too small or too large for float32 are weights
 * divided by their sum. All scratch space belongs to the instance, which is not safe for use by several threads.
 */
final class LocalAttention {

    /** Above it weights, at least e^−2τ, might be too small for float32. */
    static final double HIGHEST_TEMPERATURE = 20;

    /** Above it weights, at most 2^31λ, might be too large for float32. */
    static final double HIGHEST_SIZE_WEIGHT = 3;

    /** Beyond them |L|² would be a sum of squares that are too small or too large for float32. */
    private static final float LEAST_SQUARE = 1e-30f;

    private static final float LARGEST_SQUARE = 1e30f;

    private final Arithmetic arithmetic;
    private final double temperature;
    private final double sizeWeight;
    private final float[] products = new float[SeedBlock.MAX_CLUSTERS];
    private final double[] logits = new double[SeedBlock.MAX_CLUSTERS];
    private final float[] weights = new float[SeedBlock.MAX_CLUSTERS];
    private final float[] mixture;
    private int clusters;

    /**
     * @param dimension the width h of the rows
     * @param temperature τ
     * @param sizeWeight λ
     */
    LocalAttention(Arithmetic arithmetic, int dimension, double temperature, double sizeWeight) {
        this.arithmetic = arithmetic;
        this.mixture = new float[dimension];
        this.temperature = temperature;
        this.sizeWeight = sizeWeight;
    }

    /**
     * Weighs the clusters of a candidate by t_j, the products of a vector with some rows, and their sizes.
     *
     * @param vector h values
     * @param rows what the rows are encoded in
     * @param bytes hold the rows
     * @param offset where the first of them begins
     * @param scales where their factors begin; of int8 rows only
     * @param sizes n_j, each at least 1
     * @param count the number of clusters
     */
    void attend(float[] vector, Rows rows, byte[] bytes, int offset, int scales, int[] sizes, int count) {
        clusters = count;
        rows.products(vector, bytes, offset, scales, count, products);
        if (temperature <= HIGHEST_TEMPERATURE && sizeWeight <= HIGHEST_SIZE_WEIGHT) {
            weigh(sizes);
        } else {
            weighByLogarithms(sizes);
        }
    }

    private void weigh(int[] sizes) {
        if (sizeWeight != 1) {
            for (int j = 0; j < clusters; j++) {
                logits[j] = (sizeWeight - 1) * Logarithm.log(sizes[j]);
            }
        }
        arithmetic.attend(products, sizes, logits, temperature, clusters, weights);
    }

    /** The softmax as it is defined, for any τ and λ. */
    private void weighByLogarithms(int[] sizes) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < clusters; j++) {
            logits[j] = temperature * Exponential.tanh(products[j]) + sizeWeight * Logarithm.log(sizes[j]);
            largest = Math.max(largest, logits[j]);
        }
        for (int j = 0; j < clusters; j++) {
            weights[j] = (float) Exponential.exp(logits[j] - largest);
        }
    }

    /**
     * The cosine of a vector and L, the sum of the rows by the weights.
     *
     * @param vector h values
     * @param norm its length
     * @param rows what the rows are encoded in
     * @param bytes hold the rows
     * @param offset where the first of them begins
     * @param scales where their factors begin; of int8 rows only
     */
    double cosine(float[] vector, double norm, Rows rows, byte[] bytes, int offset, int scales) {
        rows.mix(weights, bytes, offset, scales, clusters, mixture);
        float square = arithmetic.product(mixture, mixture);
        if ((square > LEAST_SQUARE && square < LARGEST_SQUARE) == false) {
            normalize();
            rows.mix(weights, bytes, offset, scales, clusters, mixture);
            square = arithmetic.product(mixture, mixture);
        }
        return Cosine.of(arithmetic.product(vector, mixture), norm, Math.sqrt(square));
    }

    /** The share of a cluster in the softmax. */
    double weight(int cluster) {
        return weights[cluster] / sum();
    }

    private void normalize() {
        double sum = sum();
        for (int j = 0; j < clusters; j++) {
            weights[j] = (float) (weights[j] / sum);
        }
    }

    private double sum() {
        double sum = 0;
        for (int j = 0; j < clusters; j++) {
            sum += weights[j];
        }
        return sum;
    }
}
