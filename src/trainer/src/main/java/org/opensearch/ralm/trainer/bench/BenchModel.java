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
final class BenchModel {

    static final String ID = "bench";

    /** The width h of look-alike vectors. */
    static final int DIMENSION = 128;

    /** K. */
    static final int CLUSTERS = 20;

    private static final int CENTRES = 100;

    /** Of each value; a user is about as far from its centre as the centre from zero. */
    private static final double SPREAD = 1 / Math.sqrt(DIMENSION);

    private final SplittableRandom random = new SplittableRandom(42);

    ModelArtifact artifact() {
        ModelManifest manifest = new ModelManifest(
                ID,
                DIMENSION,
                DIMENSION,
                DIMENSION,
                LookalikeForm.DEFAULT,
                CLUSTERS,
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
        float[] vectors = new float[Math.multiplyExact(users, DIMENSION)];
        for (int user = 0; user < users; user++) {
            float[] vector = gaussian();
            float[] centre = centres[random.nextInt(CENTRES)];
            for (int d = 0; d < DIMENSION; d++) {
                vector[d] += centre[d];
            }
            System.arraycopy(unit(vector), 0, vectors, user * DIMENSION, DIMENSION);
        }
        return vectors;
    }

    /** Writes the look-alike vectors of users, as a trainer would. */
    void writeUsers(Path directory, int users) throws IOException {
        float[] vectors = users(users);
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            for (int user = 0; user < users; user++) {
                float[] vector = Arrays.copyOfRange(vectors, user * DIMENSION, (user + 1) * DIMENSION);
                writer.write(Pair.userId(user), vector);
            }
        }
    }

    private Tensor square() {
        float[] values = new float[DIMENSION * DIMENSION];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (SPREAD * random.nextGaussian());
        }
        return Tensor.matrix(DIMENSION, DIMENSION, values);
    }

    private float[] gaussian() {
        float[] values = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
            values[d] = (float) (SPREAD * random.nextGaussian());
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
