package org.opensearch.ralm.cluster;

import java.util.Arrays;

/**
 * Takes new seeds into existing clusters without clustering again: each joins its nearest centroid, which moves to the
 * mean of its members old and new.
 *
 * <p>While there are fewer clusters than wanted, a seed that lies on no centroid founds a cluster. Not safe for use by
 * several threads.
 */
public final class RunningMeans {

    private final int dimension;
    private final int maxClusters;
    private float[] centroids;
    private int[] sizes;

    /**
     * @param start the clusters to add to; they are not changed
     * @param maxClusters how many clusters there may be; those of the start stay, even if they are more
     */
    public RunningMeans(Clusters start, int maxClusters) {
        this.dimension = start.dimension();
        this.maxClusters = maxClusters;
        this.centroids = start.centroids().clone();
        this.sizes = start.sizes().clone();
    }

    /**
     * Adds one seed.
     *
     * @param seed a look-alike vector of the clusters' dimension
     */
    public void add(float[] seed) {
        if (seed.length != dimension) {
            throw new IllegalArgumentException(
                    "a seed of dimension " + seed.length + " does not fit clusters of dimension " + dimension);
        }
        int nearest = -1;
        double least = Double.MAX_VALUE;
        for (int c = 0; c < sizes.length; c++) {
            double distance = squaredDistance(seed, c);
            if (distance < least) {
                least = distance;
                nearest = c;
            }
        }
        if (nearest < 0 || (least > 0 && sizes.length < maxClusters)) {
            found(seed);
        } else {
            join(seed, nearest);
        }
    }

    /** The clusters with all seeds added so far. */
    public Clusters clusters() {
        return new Clusters(dimension, centroids.clone(), sizes.clone());
    }

    private double squaredDistance(float[] seed, int cluster) {
        double sum = 0;
        for (int d = 0; d < dimension; d++) {
            double difference = (double) seed[d] - centroids[cluster * dimension + d];
            sum += difference * difference;
        }
        return sum;
    }

    private void found(float[] seed) {
        centroids = Arrays.copyOf(centroids, centroids.length + dimension);
        System.arraycopy(seed, 0, centroids, centroids.length - dimension, dimension);
        sizes = Arrays.copyOf(sizes, sizes.length + 1);
        sizes[sizes.length - 1] = 1;
    }

    private void join(float[] seed, int cluster) {
        sizes[cluster] = Math.incrementExact(sizes[cluster]);
        for (int d = 0; d < dimension; d++) {
            int at = cluster * dimension + d;
            centroids[at] += (float) (((double) seed[d] - centroids[at]) / sizes[cluster]);
        }
    }
}
