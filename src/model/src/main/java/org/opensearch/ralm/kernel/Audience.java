package org.opensearch.ralm.kernel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.opensearch.ralm.block.SeedBlock;

/**
 * What of a candidate is computed once for all users who are scored for it.
 *
 * <p>With the keys W_L c_j of the centroids, a user's local query need not be computed. Immutable, safe for use by
 * several threads.
 */
public final class Audience {

    private final AudienceParameters parameters;
    private final byte[] rows;
    private final int[] sizes;
    private final double globalNorm;

    /** Prepares a candidate. */
    public Audience(AudienceParameters parameters) {
        this.parameters = parameters;
        SeedBlock block = parameters.block();
        this.rows = rows(parameters);
        // Arithmetic reads them up to the next multiple of 8.
        this.sizes = Arrays.copyOf(block.clusters().sizes(), SeedBlock.MAX_CLUSTERS);
        this.globalNorm = norm(block.global());
    }

    /** The keys and the centroids, row after row. */
    private static byte[] rows(AudienceParameters parameters) {
        SeedBlock block = parameters.block();
        int values = 2 * block.clusters().count() * block.dimension();
        ByteBuffer rows = ByteBuffer.allocate(values * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        rows.asFloatBuffer().put(parameters.keys()).put(block.clusters().centroids());
        return rows.array();
    }

    private static double norm(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    AudienceParameters parameters() {
        return parameters;
    }

    int clusters() {
        return parameters.block().clusters().count();
    }

    /** What users' products with the keys, and behind them the local embedding, are computed from. */
    byte[] rows() {
        return rows;
    }

    /** Where in the rows the centroids begin. */
    int centroidsOffset() {
        return parameters.keys().length * Float.BYTES;
    }

    int[] sizes() {
        return sizes;
    }

    float[] global() {
        return parameters.block().global();
    }

    double globalNorm() {
        return globalNorm;
    }
}
