package org.opensearch.ralm.plugin.score;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.VectorUtil;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockLayout;

/**
 * Scores one user against encoded seed blocks, straight from their bytes: local attention, equation (9), and the
 * weighted cosines, equation (2).
 *
 * <p>a = softmax(τ·tanh(q·c_j) + λ·log n_j), L = Σ a_j c_j, score = α·cos(e, G) + β·cos(e, L). Vectors are float32, as
 * they are stored; what depends on a single number is double. Blocks have been checked when they were indexed. All
 * scratch space belongs to the instance: no memory is taken for a document once the largest block was seen. Not safe
 * for use by several threads.
 */
final class SeedBlockKernel {

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int CLUSTERS_OFFSET = 2;
    private static final int DIMENSION_OFFSET = 4;
    private static final int FINGERPRINT_OFFSET = 8;

    private final ScoreParameters parameters;
    private final double userNorm;
    private final float[] vector;
    private final float[][] centroids = new float[SeedBlock.MAX_CLUSTERS][];
    private final double[] weights = new double[SeedBlock.MAX_CLUSTERS];
    private final int[] sizes = new int[SeedBlock.MAX_CLUSTERS];
    private SeedBlockLayout layout;
    private double global;
    private double local;

    SeedBlockKernel(ScoreParameters parameters) {
        this.parameters = parameters;
        this.userNorm = norm(parameters.user());
        this.vector = new float[parameters.dimension()];
    }

    /** Whether a block was made under the model, so that it can be scored. */
    boolean accepts(BytesRef block) {
        return fingerprint(block) == parameters.fingerprint()
                && (short) SHORT.get(block.bytes, block.offset + DIMENSION_OFFSET) == parameters.dimension();
    }

    /** The fingerprint of the model a block was made under. */
    static long fingerprint(BytesRef block) {
        return (long) LONG.get(block.bytes, block.offset + FINGERPRINT_OFFSET);
    }

    /** The raw score of a block that this kernel accepts: α·global + β·local. */
    double score(BytesRef block) {
        readLayout(block);
        global = globalCosine(block);
        readClusters(block);
        attend();
        local = localCosine();
        return parameters.alpha() * global + parameters.beta() * local;
    }

    /** The cosine of the user and the global embedding of the block scored last. */
    double global() {
        return global;
    }

    /** The cosine of the user and the local embedding of the block scored last. */
    double local() {
        return local;
    }

    /** The number of clusters of the block scored last. */
    int clusters() {
        return layout.clusters();
    }

    /** The local attention's weight of a cluster of the block scored last. */
    double weight(int cluster) {
        return weights[cluster];
    }

    /** The number of seeds in a cluster of the block scored last. */
    int size(int cluster) {
        return sizes[cluster];
    }

    /** Blocks of a field mostly look alike, so the last layout mostly fits. */
    private void readLayout(BytesRef block) {
        short clusters = (short) SHORT.get(block.bytes, block.offset + CLUSTERS_OFFSET);
        if (layout == null || layout.clusters() != clusters || layout.length() != block.length) {
            layout = SeedBlockLayout.read(block.bytes, block.offset, block.length);
        }
    }

    private double globalCosine(BytesRef block) {
        float norm = (float) FLOAT.get(block.bytes, block.offset + layout.globalNormOffset());
        readFloats(block.bytes, block.offset + layout.globalOffset(), vector);
        return cosine(VectorUtil.dotProduct(parameters.user(), vector), norm);
    }

    private void readClusters(BytesRef block) {
        byte[] bytes = block.bytes;
        for (int j = 0; j < layout.clusters(); j++) {
            sizes[j] = (int) INT.get(bytes, block.offset + SeedBlockLayout.SIZES_OFFSET + j * Integer.BYTES);
            if (centroids[j] == null) {
                centroids[j] = new float[parameters.dimension()];
            }
            int row = block.offset + layout.centroidsOffset() + j * bytesOfCentroid();
            if (layout.encoding() == Encoding.FLOAT32) {
                readFloats(bytes, row, centroids[j]);
            } else {
                float scale = (float) FLOAT.get(bytes, block.offset + layout.scalesOffset() + j * Float.BYTES);
                readQuantized(bytes, row, scale, centroids[j]);
            }
        }
    }

    private int bytesOfCentroid() {
        return layout.encoding() == Encoding.FLOAT32 ? layout.dimension() * Float.BYTES : layout.dimension();
    }

    /** The local attention's weights, which sum to 1. */
    private void attend() {
        double largest = Double.NEGATIVE_INFINITY;
        for (int j = 0; j < layout.clusters(); j++) {
            double closeness = Math.tanh(VectorUtil.dotProduct(parameters.query(), centroids[j]));
            weights[j] = parameters.temperature() * closeness;
            if (parameters.sizeWeight() != 0) {
                weights[j] += parameters.sizeWeight() * Math.log(sizes[j]);
            }
            largest = Math.max(largest, weights[j]);
        }
        double sum = 0;
        for (int j = 0; j < layout.clusters(); j++) {
            weights[j] = Math.exp(weights[j] - largest);
            sum += weights[j];
        }
        for (int j = 0; j < layout.clusters(); j++) {
            weights[j] /= sum;
        }
    }

    private double localCosine() {
        Arrays.fill(vector, 0);
        for (int j = 0; j < layout.clusters(); j++) {
            float weight = (float) weights[j];
            float[] centroid = centroids[j];
            for (int d = 0; d < vector.length; d++) {
                vector[d] += weight * centroid[d];
            }
        }
        return cosine(VectorUtil.dotProduct(parameters.user(), vector), norm(vector));
    }

    private double cosine(float product, double norm) {
        return norm == 0 || userNorm == 0 ? 0 : Math.clamp(product / (norm * userNorm), -1, 1);
    }

    private static double norm(float[] vector) {
        return Math.sqrt(VectorUtil.dotProduct(vector, vector));
    }

    private static void readFloats(byte[] bytes, int offset, float[] into) {
        for (int d = 0; d < into.length; d++) {
            into[d] = (float) FLOAT.get(bytes, offset + d * Float.BYTES);
        }
    }

    private static void readQuantized(byte[] bytes, int offset, float scale, float[] into) {
        for (int d = 0; d < into.length; d++) {
            into[d] = scale * bytes[offset + d];
        }
    }
}
