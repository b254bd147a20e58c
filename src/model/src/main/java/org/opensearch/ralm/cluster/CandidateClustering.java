package org.opensearch.ralm.cluster;

import java.util.SortedMap;

/**
 * The clustering of a candidate's seeds from scratch. Training, ingestion and refreshing all go through it, so that the
 * clusters are a function of the candidate, the set of its seeds and K alone, wherever they are computed.
 *
 * @param clusters K, how many clusters to look for
 */
public record CandidateClustering(int clusters) {

    private static final int ITERATIONS = 25;

    /**
     * Clusters seeds.
     *
     * @param candidate the candidate's id, which makes the choice of first centroids repeatable; null if it has none
     * @param seeds look-alike vectors of one dimension by the seeds' user ids, at least one; the order of the ids is the
     *     natural one
     */
    public Clusters cluster(String candidate, SortedMap<String, float[]> seeds) {
        int dimension = seeds.get(seeds.firstKey()).length;
        float[] points = new float[Math.multiplyExact(seeds.size(), dimension)];
        int at = 0;
        for (float[] seed : seeds.values()) {
            System.arraycopy(seed, 0, points, at, dimension);
            at += dimension;
        }
        long first = candidate == null ? 0 : candidate.hashCode();
        return new KMeans(clusters, ITERATIONS, first)
                .cluster(points, dimension)
                .clusters();
    }
}
