package org.opensearch.ralm.cluster;

import java.util.Arrays;

/**
 * Takes new seeds into existing clusters without clustering again: each joins its nearest centroid, which moves to the
 * mean of its members old and new. The means are kept in double precision, so that many small steps lose nothing.
 *
 * <p>While there are fewer clusters than wanted, a seed that lies on no centroid founds a cluster. Not safe for use by
 * several threads.
 */
public final class RunningMeans {

    private final int dimension;
    private final int maxClusters;
    private double[] means;
    private int[] sizes;

    /**
     * @param start the clusters to add to; they are not changed
     * @param maxClusters how many clusters there may be, at least 1; those of the start stay, even if they are more
     */
    public RunningMeans(Clusters start, int maxClusters) {
        if (maxClusters < 1) {
            throw new IllegalArgumentException(
                    "the largest number of clusters must be at least 1, but is " + maxClusters);
        }
        this.dimension = start.dimension();
        this.maxClusters = maxClusters;
        this.means = new double[start.centroids().length];
        for (int i = 0; i < means.length; i++) {
            means[i] = start.centroids()[i];
        }
        this.sizes = start.sizes().clone();
    }

    /**
     * Adds one seed.
     *
     * @param seed a look-alike vector of the clusters' dimension, all values finite
     */
    public void add(float[] seed) {
        requireValid(seed);
        int nearest = nearest(seed);
        if (nearest < 0 || (sizes.length < maxClusters && squaredDistance(seed, nearest) > 0)) {
            found(seed);
        } else {
            join(seed, nearest);
        }
    }

    /** The clusters with all seeds added so far. */
    public Clusters clusters() {
        float[] centroids = new float[means.length];
        for (int i = 0; i < centroids.length; i++) {
            centroids[i] = (float) means[i];
        }
        return new Clusters(dimension, centroids, sizes.clone());
    }

    private void requireValid(float[] seed) {
        if (seed.length != dimension) {
            throw new IllegalArgumentException(
                    "a seed of dimension " + seed.length + " does not fit clusters of dimension " + dimension);
        }
        for (float value : seed) {
            if (Float.isFinite(value) == false) {
                throw new IllegalArgumentException("the values of a seed must be finite, but one is " + value);
            }
        }
    }

    /** The cluster whose mean is nearest; -1 if there is none. */
    private int nearest(float[] seed) {
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int c = 0; c < sizes.length; c++) {
            double distance = squaredDistance(seed, c);
            if (distance < least) {
                least = distance;
                nearest = c;
            }
        }
        return nearest;
    }

    private double squaredDistance(float[] seed, int cluster) {
        double sum = 0;
        for (int d = 0; d < dimension; d++) {
            double difference = seed[d] - means[cluster * dimension + d];
            sum += difference * difference;
        }
        return sum;
    }

    private void found(float[] seed) {
        means = Arrays.copyOf(means, means.length + dimension);
        sizes = Arrays.copyOf(sizes, sizes.length + 1);
        join(seed, sizes.length - 1);
    }

    private void join(float[] seed, int cluster) {
        sizes[cluster] = Math.incrementExact(sizes[cluster]);
        for (int d = 0; d < dimension; d++) {
            int at = cluster * dimension + d;
            means[at] += (seed[d] - means[at]) / sizes[cluster];
        }
    }
}
