package org.opensearch.ralm.cluster;

/**
 * The clustering of a candidate's seeds from scratch. Training, ingestion and refreshing all go through it, so that the
 * clusters are a function of the candidate, the order of its seeds and K alone, wherever they are computed.
 *
 * @param clusters K, how many clusters to look for
 */
public record CandidateClustering(int clusters) {

    private static final int ITERATIONS = 20;

    /**
     * Clusters seeds.
     *
     * @param candidate the candidate's external id; chooses the first centroids
     * @param seeds look-alike vectors, row after row, at least one
     * @param dimension their width h
     */
    public Clustering cluster(String candidate, float[] seeds, int dimension) {
        return new KMeans(clusters, ITERATIONS, candidate.hashCode()).cluster(seeds, dimension);
    }
}
