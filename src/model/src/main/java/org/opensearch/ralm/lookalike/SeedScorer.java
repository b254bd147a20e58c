package org.opensearch.ralm.lookalike;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.opensearch.ralm.block.SeedBlock;

/**
 * Scores users against one candidate: local attention, equation (9), and the weighted cosines, equation (2).
 *
 * <p>a = softmax(τ·tanh(q·c_j) + λ·log n_j), L = Σ a_j c_j, score = α·cos(e, G) + β·cos(e, L). The norm of L comes from
 * the centroids' Gram matrix, so that a batch of users costs two matrix products. Safe for use by several threads.
 */
public final class SeedScorer {

    /** Where the local embedding's square is below this share of the centroids', the Gram matrix is not exact enough. */
    private static final double CANCELLATION = 1e-6;

    private final DMatrixRMaj centroids;
    private final DMatrixRMaj gram;
    private final double[] global;
    private final double globalNorm;
    private final double[] sizeLogits;
    private final double temperature;
    private final double alpha;
    private final double beta;

    SeedScorer(SeedBlock block, double temperature, double sizeWeight, double alpha, double beta) {
        int count = block.clusters().count();
        this.centroids =
                Matrices.matrix(count, block.dimension(), block.clusters().centroids());
        this.gram = new DMatrixRMaj(count, count);
        CommonOps_DDRM.multTransB(centroids, centroids, gram);
        this.global = Matrices.doubles(block.global());
        this.globalNorm = norm(global, 0, global.length);
        this.sizeLogits = new double[count];
        for (int j = 0; j < count; j++) {
            sizeLogits[j] = sizeWeight * Math.log(block.clusters().sizes()[j]);
        }
        this.temperature = temperature;
        this.alpha = alpha;
        this.beta = beta;
    }

    /**
     * Scores a batch of users.
     *
     * @param users look-alike vectors, rows × h
     * @param queries their local queries, rows × h
     * @return a score a row
     */
    public double[] scores(DMatrixRMaj users, DMatrixRMaj queries) {
        DMatrixRMaj products = productsWithCentroids(queries);
        DMatrixRMaj closeness = productsWithCentroids(users);
        double[] scores = new double[users.numRows];
        for (int row = 0; row < scores.length; row++) {
            scores[row] = similarity(users, row, products, closeness).score();
        }
        return scores;
    }

    /** Scores one row of a batch, with all parts of the score. */
    public Similarity score(DMatrixRMaj users, DMatrixRMaj queries, int row) {
        DMatrixRMaj user = CommonOps_DDRM.extract(users, row, row + 1, 0, users.numCols);
        DMatrixRMaj query = CommonOps_DDRM.extract(queries, row, row + 1, 0, queries.numCols);
        return similarity(user, 0, productsWithCentroids(query), productsWithCentroids(user));
    }

    private DMatrixRMaj productsWithCentroids(DMatrixRMaj rows) {
        DMatrixRMaj products = new DMatrixRMaj(rows.numRows, centroids.numRows);
        CommonOps_DDRM.multTransB(rows, centroids, products);
        return products;
    }

    private Similarity similarity(DMatrixRMaj users, int row, DMatrixRMaj products, DMatrixRMaj closeness) {
        double userNorm = norm(users.data, row * users.numCols, users.numCols);
        double[] weights = localWeights(products, row);
        double localCosine = localCosine(users, row, closeness, weights, userNorm);
        double globalCosine = cosine(product(users, row, global), userNorm, globalNorm);
        return new Similarity(globalCosine, localCosine, alpha * globalCosine + beta * localCosine, weights);
    }

    private double localCosine(DMatrixRMaj users, int row, DMatrixRMaj closeness, double[] weights, double userNorm) {
        double product = 0;
        double squares = 0;
        for (int j = 0; j < weights.length; j++) {
            product += weights[j] * closeness.get(row, j);
            squares += weights[j] * gram.get(j, j);
        }
        double localSquares = quadraticForm(weights);
        if (localSquares < CANCELLATION * squares) {
            double[] local = localEmbedding(weights);
            return cosine(product(users, row, local), userNorm, norm(local, 0, local.length));
        }
        return cosine(product, userNorm, Math.sqrt(localSquares));
    }

    private double[] localWeights(DMatrixRMaj products, int row) {
        double[] weights = new double[centroids.numRows];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = temperature * Math.tanh(products.get(row, j)) + sizeLogits[j];
        }
        Matrices.softmax(weights);
        return weights;
    }

    /** L = Σ a_j c_j. */
    private double[] localEmbedding(double[] weights) {
        double[] local = new double[centroids.numCols];
        for (int j = 0; j < weights.length; j++) {
            for (int d = 0; d < local.length; d++) {
                local[d] += weights[j] * centroids.get(j, d);
            }
        }
        return local;
    }

    private static double product(DMatrixRMaj users, int row, double[] vector) {
        double product = 0;
        for (int d = 0; d < vector.length; d++) {
            product += users.get(row, d) * vector[d];
        }
        return product;
    }

    /** aᵀ Γ a, the squared norm of the local embedding. */
    private double quadraticForm(double[] weights) {
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double row = 0;
            for (int j = 0; j < weights.length; j++) {
                row += gram.get(i, j) * weights[j];
            }
            sum += weights[i] * row;
        }
        return sum;
    }

    private static double cosine(double product, double norm, double otherNorm) {
        return norm == 0 || otherNorm == 0 ? 0 : Math.clamp(product / (norm * otherNorm), -1, 1);
    }

    private static double norm(double[] values, int offset, int length) {
        double sum = 0;
        for (int i = offset; i < offset + length; i++) {
            sum += values[i] * values[i];
        }
        return Math.sqrt(sum);
    }
}
