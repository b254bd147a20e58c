package org.opensearch.ralm.trainer.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.artifact.UserVectors;

/**
 * A model with random weights and users around random centres, always the same. What the live loop costs depends on
 * widths and numbers, not on what was learned.
 */
public final class BenchModel {

    static final String ID = "bench";

    /** The width h of look-alike vectors. */
    static final int DIMENSION = 128;

    /** K. */
    static final int CLUSTERS = 20;

    private static final int CENTRES = 100;

    private static final long SEED = 42;

    private final String id;
    private final SplittableRandom random;
    private final int dimension;
    private final int clusters;

    /** Of each value; a user is about as far from its centre as the centre from zero. */
    private final double spread;

    BenchModel() {
        this(DIMENSION, CLUSTERS);
    }

    /**
     * @param dimension the width h of look-alike vectors
     * @param clusters K
     */
    public BenchModel(int dimension, int clusters) {
        this(ID, SEED, dimension, clusters);
    }

    /**
     * @param id the model's
     * @param seed of weights and users; other seeds make other models
     * @param dimension the width h of look-alike vectors
     * @param clusters K
     */
    public BenchModel(String id, long seed, int dimension, int clusters) {
        this.id = id;
        this.random = new SplittableRandom(seed);
        this.dimension = dimension;
        this.clusters = clusters;
        this.spread = 1 / Math.sqrt(dimension);
    }

    /** K. */
    int clusters() {
        return clusters;
    }

    /** The model itself; to be asked for before its users. */
    public ModelArtifact artifact() {
        ModelManifest manifest = new ModelManifest(
                id,
                dimension,
                dimension,
                dimension,
                LookalikeForm.DEFAULT,
                clusters,
                0.3,
                0.7,
                new Calibration(1, 0),
                "0".repeat(64),
                null,
                null);
        return ModelArtifact.of(
                manifest,
                Map.of(
                        "transform.weight", square(),
                        "transform.bias", Tensor.vector(gaussian()),
                        "transform.slope", Tensor.vector(0.25f),
                        "local.weight", square(),
                        "global.weight", square(),
                        "global.vector", Tensor.vector(gaussian())));
    }

    /** The look-alike vectors of users, all of unit length, row after row. */
    float[] users(int users) {
        float[][] centres = new float[CENTRES][];
        for (int centre = 0; centre < CENTRES; centre++) {
            centres[centre] = unit(gaussian());
        }
        float[] vectors = new float[Math.multiplyExact(users, dimension)];
        for (int user = 0; user < users; user++) {
            float[] vector = gaussian();
            float[] centre = centres[random.nextInt(CENTRES)];
            for (int d = 0; d < dimension; d++) {
                vector[d] += centre[d];
            }
            System.arraycopy(unit(vector), 0, vectors, user * dimension, dimension);
        }
        return vectors;
    }

    /** Writes the look-alike vectors of the users u0, u1, …, as a trainer would. */
    public void writeUsers(Path directory, int users) throws IOException {
        float[] vectors = users(users);
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            for (int user = 0; user < users; user++) {
                float[] vector = Arrays.copyOfRange(vectors, user * dimension, (user + 1) * dimension);
                writer.write(Pair.userId(user), vector);
            }
        }
    }

    private Tensor square() {
        float[] values = new float[dimension * dimension];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (spread * random.nextGaussian());
        }
        return Tensor.matrix(dimension, dimension, values);
    }

    private float[] gaussian() {
        float[] values = new float[dimension];
        for (int d = 0; d < dimension; d++) {
            values[d] = (float) (spread * random.nextGaussian());
        }
        return values;
    }

    private static float[] unit(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += value * value;
        }
        for (int d = 0; d < vector.length; d++) {
            vector[d] = (float) (vector[d] / Math.sqrt(squares));
        }
        return vector;
    }
}
