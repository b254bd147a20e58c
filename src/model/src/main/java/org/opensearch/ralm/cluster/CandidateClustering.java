package org.opensearch.ralm.cluster;

import java.util.SortedMap;

/**
 * The clustering of a candidate's seeds from scratch. Training, ingestion and refreshing all go through it, so that the
 * clusters are a function of the candidate, the set of its seeds, K and the sample's size alone, wherever they are
 * computed.
 *
 * <p>Of more seeds than a sample holds a {@link SeedSample} is clustered, and the sizes of its clusters are scaled to
 * the number of all seeds.
 *
 * @param clusters K, how many clusters to look for
 * @param sampleSize how many seeds are clustered at most, at least 1
 */
public record CandidateClustering(int clusters, int sampleSize) {

    /** How many seeds are clustered at most where nothing else is said. */
    public static final int SAMPLE_SIZE = 20_000;

    private static final int ITERATIONS = 25;

    /** Checks the size of the sample. */
    public CandidateClustering {
        if (sampleSize < 1) {
            throw new IllegalArgumentException("the size of a sample must be at least 1, but is " + sampleSize);
        }
    }

    /** An empty sample to offer all seeds of a candidate to, where they are too many to be held at once. */
    public <V> SeedSample<V> sample() {
        return new SeedSample<>(sampleSize);
    }

    /**
     * Clusters all seeds of a candidate.
     *
     * @param candidate the candidate's id, which makes the choice of first centroids repeatable; null if it has none
     * @param seeds look-alike vectors of one dimension by the seeds' user ids, at least one; the order of the ids is the
     *     natural one
     */
    public Clusters cluster(String candidate, SortedMap<String, float[]> seeds) {
        if (seeds.size() <= sampleSize) {
            return cluster(candidate, seeds, seeds.size());
        }
        SeedSample<float[]> sample = sample();
        seeds.forEach(sample::offer);
        return cluster(candidate, sample.chosen(), seeds.size());
    }

    /**
     * Clusters a candidate's seeds by a sample of them; the result is that of {@link #cluster(String, SortedMap)} with
     * all the seeds.
     *
     * @param candidate the candidate's id; null if it has none
     * @param sample what a {@link #sample()} that was offered all seeds has chosen, at least one
     * @param seeds how many seeds the candidate has
     */
    public Clusters cluster(String candidate, SortedMap<String, float[]> sample, int seeds) {
        if (sample.size() != Math.min(seeds, sampleSize)) {
            throw new IllegalArgumentException("of " + seeds + " seeds " + Math.min(seeds, sampleSize)
                    + " are clustered, but " + sample.size() + " are given");
        }
        int dimension = sample.get(sample.firstKey()).length;
        float[] points = new float[Math.multiplyExact(sample.size(), dimension)];
        int at = 0;
        for (float[] seed : sample.values()) {
            System.arraycopy(seed, 0, points, at, dimension);
            at += dimension;
        }
        long first = candidate == null ? 0 : candidate.hashCode();
        return new KMeans(clusters, ITERATIONS, first)
                .cluster(points, dimension)
                .clusters()
                .scaledTo(seeds);
    }
}
