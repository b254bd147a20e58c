package org.opensearch.ralm.block;

import java.util.Arrays;
import java.util.Objects;
import org.opensearch.ralm.cluster.Clusters;

/**
 * What a candidate is represented by: the clusters of its seeds and their global embedding under one model.
 *
 * <p>The array is not copied: whoever hands it over must not change it afterwards.
 *
 * @param fingerprint the content fingerprint of the model whose look-alike space the vectors live in
 * @param clusters the centroids and sizes, 1 to {@value #MAX_CLUSTERS} of them
 * @param global the global embedding, of the clusters' dimension
 */
public record SeedBlock(long fingerprint, Clusters clusters, float[] global) {

    /** The largest number of clusters. */
    public static final int MAX_CLUSTERS = 128;

    /** The largest width of a look-alike vector. */
    public static final int MAX_DIMENSION = 1024;

    /** Below this a vector's product with another of the same length is finite in single precision. */
    private static final float MAX_LENGTH = 1.8e19f;

    /** Checks the sizes and that every vector is finite and not too long to be multiplied. */
    public SeedBlock {
        Objects.requireNonNull(clusters, "clusters");
        Objects.requireNonNull(global, "global");
        if (clusters.count() < 1 || clusters.count() > MAX_CLUSTERS) {
            throw new IllegalArgumentException(
                    "a seed block holds 1 to " + MAX_CLUSTERS + " clusters, but has " + clusters.count());
        }
        if (clusters.dimension() > MAX_DIMENSION) {
            throw new IllegalArgumentException(
                    "a seed block's dimension is 1 to " + MAX_DIMENSION + ", but is " + clusters.dimension());
        }
        if (global.length != clusters.dimension()) {
            throw new IllegalArgumentException("a global embedding of dimension " + global.length
                    + " does not fit clusters of dimension " + clusters.dimension());
        }
        requireLength("the global embedding", length(global, 0, global.length));
        for (int c = 0; c < clusters.count(); c++) {
            requireLength(
                    "centroid " + c, length(clusters.centroids(), c * clusters.dimension(), clusters.dimension()));
        }
    }

    /** The width h of the vectors. */
    public int dimension() {
        return clusters.dimension();
    }

    /** The Euclidean length of the global embedding. */
    float globalNorm() {
        return length(global, 0, global.length);
    }

    private static float length(float[] values, int offset, int count) {
        double sum = 0;
        for (int i = offset; i < offset + count; i++) {
            sum += (double) values[i] * values[i];
        }
        return (float) Math.sqrt(sum);
    }

    private static void requireLength(String name, float length) {
        if ((length < MAX_LENGTH) == false) {
            throw new IllegalArgumentException(
                    name + " of a seed block has length " + length + ", expected a finite one below " + MAX_LENGTH);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SeedBlock block
                && fingerprint == block.fingerprint
                && clusters.equals(block.clusters)
                && Arrays.equals(global, block.global);
    }

    @Override
    public int hashCode() {
        return Objects.hash(fingerprint, clusters, Arrays.hashCode(global));
    }

    @Override
    public String toString() {
        return "SeedBlock[fingerprint=" + Long.toHexString(fingerprint) + ", " + clusters + "]";
    }
}
