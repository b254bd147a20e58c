package org.opensearch.ralm.cluster;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * The clusters of a candidate's seeds: K centroids of width h and how many seeds each stands for.
 *
 * <p>The arrays are not copied: whoever hands them over must not change them afterwards.
 *
 * @param dimension the width h, at least 1
 * @param centroids K × h values, row after row
 * @param sizes K sizes, each at least 1
 */
public record Clusters(int dimension, float[] centroids, int[] sizes) {

    /** Checks that the arrays fit each other and that no cluster is empty. */
    public Clusters {
        Objects.requireNonNull(centroids, "centroids");
        Objects.requireNonNull(sizes, "sizes");
        if (dimension < 1) {
            throw new IllegalArgumentException("the dimension must be at least 1, but is " + dimension);
        }
        if (centroids.length != (long) sizes.length * dimension) {
            throw new IllegalArgumentException(sizes.length + " clusters of dimension " + dimension + " need "
                    + (long) sizes.length * dimension + " values, but there are " + centroids.length);
        }
        for (int size : sizes) {
            if (size < 1) {
                throw new IllegalArgumentException("a cluster must have at least 1 seed, but has " + size);
            }
        }
    }

    /** The number of clusters, K. */
    public int count() {
        return sizes.length;
    }

    /** The number of seeds in all clusters. */
    public long seeds() {
        long seeds = 0;
        for (int size : sizes) {
            seeds += size;
        }
        return seeds;
    }

    /**
     * The same centroids for more seeds, their sizes in proportion: rounded down, and what is missing goes, one each, to
     * the clusters that lost most by the rounding, the first of equals.
     *
     * @param seeds the sum of the sizes to come, at least that of the sizes now
     */
    public Clusters scaledTo(int seeds) {
        long from = seeds();
        if (from == 0 || seeds < from) {
            throw new IllegalArgumentException("clusters of " + from + " seeds cannot be scaled to " + seeds);
        }
        int[] scaled = new int[sizes.length];
        int missing = seeds;
        for (int c = 0; c < sizes.length; c++) {
            scaled[c] = (int) (sizes[c] * (long) seeds / from);
            missing -= scaled[c];
        }
        IntStream.range(0, sizes.length)
                .boxed()
                .sorted(Comparator.comparingLong(c -> -(sizes[c] * (long) seeds % from)))
                .limit(missing)
                .forEach(c -> scaled[c]++);
        return new Clusters(dimension, centroids, scaled);
    }

    /** A copy of one centroid. */
    public float[] centroid(int cluster) {
        return Arrays.copyOfRange(centroids, cluster * dimension, (cluster + 1) * dimension);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Clusters clusters
                && dimension == clusters.dimension
                && Arrays.equals(centroids, clusters.centroids)
                && Arrays.equals(sizes, clusters.sizes);
    }

    @Override
    public int hashCode() {
        return Objects.hash(dimension, Arrays.hashCode(centroids), Arrays.hashCode(sizes));
    }

    @Override
    public String toString() {
        return "Clusters[dimension=" + dimension + ", sizes=" + Arrays.toString(sizes) + "]";
    }
}
