package org.opensearch.ralm.cluster;

import java.util.Random;

/**
 * Clusters a candidate with 3,000,000 seeds × 128 as a refresh does, for tests to run in a process of little memory.
 * Takes the size of the sample as its argument and prints how many seeds the clusters stand for.
 */
final class ManySeeds {

    private static final int SEEDS = 3_000_000;

    private ManySeeds() {}

    public static void main(String[] arguments) {
        CandidateClustering clustering = new CandidateClustering(20, Integer.parseInt(arguments[0]));
        SeedSample<float[]> sample = clustering.sample();
        for (int i = 0; i < SEEDS; i++) {
            String user = "user-" + i;
            if (sample.wants(user)) {
                sample.offer(user, vector(i));
            }
        }
        Clusters clusters = clustering.cluster("candidate", sample.chosen(), SEEDS);
        System.out.println(clusters.seeds() + " seeds");
    }

    private static float[] vector(int seed) {
        Random random = new Random(seed);
        float[] vector = new float[128];
        for (int d = 0; d < vector.length; d++) {
            vector[d] = random.nextFloat() - 0.5f;
        }
        return vector;
    }
}
