package org.opensearch.ralm.cluster;

/**
 * What a run of {@link KMeans} found.
 *
 * @param clusters the centroids and sizes
 * @param assignments the cluster of each point, in the order of the points
 * @param inertia the weighted sum of squared distances of the points to their centroids
 * @param iterations how many times the points were assigned
 */
public record Clustering(Clusters clusters, int[] assignments, double inertia, int iterations) {}
