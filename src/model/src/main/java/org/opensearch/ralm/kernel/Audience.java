package org.opensearch.ralm.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.opensearch.ralm.block.SeedBlock;

/**
 * What of a candidate is computed once for all users who are scored for it.
 *
 * <p>The square of the local embedding's length is Σ a_i a_j (c_i · c_j), so with the products of the centroids a user
 * costs his products with the centroids, the keys and the global embedding, and no product of matrices. Immutable, safe
 * for use by several threads.
 */
public final class Audience {

    private final AudienceParameters parameters;
    private final byte[] rows;
    private final double[] sizeLogits;
    private final double largestSizeLogit;
    private final double[][] products;
    private final double globalNorm;

    /** Prepares a candidate. */
    public Audience(AudienceParameters parameters) {
        this.parameters = parameters;
        SeedBlock block = parameters.block();
        int clusters = block.clusters().count();
        this.rows = rows(parameters);
        this.sizeLogits = new double[SeedBlock.MAX_CLUSTERS];
        this.products = new double[clusters][clusters];
        float[] centroids = block.clusters().centroids();
        int dimension = block.dimension();
        for (int i = 0; i < clusters; i++) {
            sizeLogits[i] =
                    parameters.sizeWeight() * Logarithm.log(block.clusters().sizes()[i]);
            for (int j = 0; j <= i; j++) {
                products[i][j] = product(centroids, i * dimension, centroids, j * dimension, dimension);
                products[j][i] = products[i][j];
            }
        }
        this.largestSizeLogit = Arrays.stream(sizeLogits, 0, clusters).max().orElseThrow();
        this.globalNorm = Math.sqrt(product(block.global(), 0, block.global(), 0, dimension));
    }

    /** The keys, the centroids and the global embedding, row after row. */
    private static byte[] rows(AudienceParameters parameters) {
        SeedBlock block = parameters.block();
        int values = (2 * block.clusters().count() + 1) * block.dimension();
        ByteBuffer rows = ByteBuffer.allocate(values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        rows.asFloatBuffer()
                .put(parameters.keys())
                .put(block.clusters().centroids())
                .put(block.global());
        return rows.array();
    }

    private static double product(float[] a, int fromA, float[] b, int fromB, int length) {
        double sum = 0;
        for (int d = 0; d < length; d++) {
            sum += (double) a[fromA + d] * b[fromB + d];
        }
        return sum;
    }

    AudienceParameters parameters() {
        return parameters;
    }

    int clusters() {
        return products.length;
    }

    /** Where the users' products with the keys, and behind them those with all else, are computed from. */
    byte[] rows() {
        return rows;
    }

    /** Where in the rows the centroids begin. */
    int centroidsOffset() {
        return parameters.keys().length * Float.BYTES;
    }

    double[] sizeLogits() {
        return sizeLogits;
    }

    double largestSizeLogit() {
        return largestSizeLogit;
    }

    double globalNorm() {
        return globalNorm;
    }

    /** The length of the sum of the centroids with some weights. */
    double localNorm(double[] weights) {
        double squares = 0;
        for (int i = 0; i < products.length; i++) {
            double sum = 0;
            for (int j = 0; j < products.length; j++) {
                sum += weights[j] * products[i][j];
            }
            squares += weights[i] * sum;
        }
        return Math.sqrt(Math.max(0, squares));
    }
}
