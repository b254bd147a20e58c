package org.opensearch.ralm.trainer.bench.recall;

import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.bench.BenchModel;

/**
 * Users and candidates as a trained model lays them out, by interests that lie in random directions. A user has a first
 * interest and a weaker second one, and as much that is his own. A candidate speaks to one to four interests; its seeds
 * are users with one of these as their first, but for every fifth, who is anybody; its block is that of the k-means of
 * its seeds. The attention's weight W_L is the identity, so that users attend to seeds who are near them.
 */
final class MadeUpFeed {

    static final int SEEDS = 60;

    private static final int DIMENSION = 128;
    private static final int CLUSTERS = 20;
    private static final int INTERESTS = 60;
    private static final double SECOND = 0.5;
    private static final double OWN = 1;
    private static final double ANYBODY = 0.2;

    private static final int MOST_SPOKEN_TO = 4;

    private final float[][] interests = new float[INTERESTS][];
    private final CandidateClustering clustering = new CandidateClustering(CLUSTERS, CandidateClustering.SAMPLE_SIZE);
    private final ModelArtifact artifact = withIdentity(new BenchModel(DIMENSION, CLUSTERS).artifact());
    private final LookalikeModel model = new LookalikeModel(artifact);

    MadeUpFeed(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int interest = 0; interest < INTERESTS; interest++) {
            interests[interest] = unit(gaussian(random));
        }
    }

    ModelArtifact artifact() {
        return artifact;
    }

    int dimension() {
        return DIMENSION;
    }

    /** The block of a candidate: always the same for the same number. */
    SeedBlock block(int candidate) {
        SplittableRandom random = new SplittableRandom(1_000_003L * candidate + 1);
        int[] spokenTo = new int[random.nextInt(1, MOST_SPOKEN_TO + 1)];
        for (int i = 0; i < spokenTo.length; i++) {
            spokenTo[i] = random.nextInt(INTERESTS);
        }
        SortedMap<String, float[]> seeds = new TreeMap<>();
        for (int seed = 0; seed < SEEDS; seed++) {
            boolean anybody = random.nextDouble() < ANYBODY;
            int first = anybody ? random.nextInt(INTERESTS) : spokenTo[random.nextInt(spokenTo.length)];
            seeds.put("u" + seed, user(first, random));
        }
        return model.seedBlock(clustering.cluster("c" + candidate, seeds));
    }

    /** A user drawn at random. */
    float[] user(SplittableRandom random) {
        return user(random.nextInt(INTERESTS), random);
    }

    private float[] user(int first, SplittableRandom random) {
        float[] own = unit(gaussian(random));
        float[] second = interests[random.nextInt(INTERESTS)];
        float[] user = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
            user[d] = (float) (interests[first][d] + SECOND * second[d] + OWN * own[d]);
        }
        return unit(user);
    }

    private static ModelArtifact withIdentity(ModelArtifact random) {
        float[] identity = new float[DIMENSION * DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
            identity[d * DIMENSION + d] = 1;
        }
        Map<String, Tensor> tensors = new HashMap<>();
        for (String name :
                new String[] {"transform.weight", "transform.bias", "transform.slope", "global.weight", "global.vector"
                }) {
            tensors.put(name, random.tensor(name));
        }
        tensors.put("local.weight", Tensor.matrix(DIMENSION, DIMENSION, identity));
        return ModelArtifact.of(random.manifest(), tensors);
    }

    private static float[] gaussian(SplittableRandom random) {
        float[] values = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
            values[d] = (float) random.nextGaussian();
        }
        return values;
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        for (int d = 0; d < vector.length; d++) {
            vector[d] /= (float) Math.sqrt(squares);
        }
        return vector;
    }
}
