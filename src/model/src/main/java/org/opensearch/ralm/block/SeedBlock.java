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

    /** Checks sizes and that every number is finite. */
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
        requireFinite("centroids", clusters.centroids());
        requireFinite("global embedding", global);
    }

    /** The width h of the vectors. */
    public int dimension() {
        return clusters.dimension();
    }

    private static void requireFinite(String name, float[] values) {
        for (float value : values) {
            if (Float.isFinite(value) == false) {
                throw new IllegalArgumentException(
                        "the " + name + " of a seed block must be finite, but hold " + value);
            }
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
