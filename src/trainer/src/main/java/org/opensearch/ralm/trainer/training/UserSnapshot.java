package org.opensearch.ralm.trainer.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.UserVectors;
import org.opensearch.ralm.trainer.data.Vocabulary;

/**
 * The look-alike vectors of all users at one moment, as they are published; computed when they are asked for.
 *
 * @param time only clicks strictly before it are known
 * @param trained the model
 * @param names the users' names
 */
public record UserSnapshot(long time, TrainedModel trained, Vocabulary names) {

    private static final int PART = 1 << 16;

    /**
     * Some users' vectors.
     *
     * @param users dense ids
     * @return users × h, each value exactly representable as float32
     */
    public DMatrixRMaj vectors(int[] users) {
        FloatRows rows = rows(users);
        DMatrixRMaj vectors = new DMatrixRMaj(rows.count(), rows.width());
        for (int i = 0; i < vectors.getNumElements(); i++) {
            vectors.data[i] = rows.value(i / rows.width(), i % rows.width());
        }
        return vectors;
    }

    /**
     * Writes the vectors, and beside them the model with their mean.
     *
     * @param artifact the model, as far as it is known without its users
     * @return the model as it was written
     */
    public ModelArtifact write(Path directory, ModelArtifact artifact) throws IOException {
        MeanVector mean = new MeanVector(trained.model().dimension());
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            for (int from = 0; from < names.size(); from += PART) {
                write(from, Math.min(names.size(), from + PART), writer, mean);
            }
        }
        ModelArtifact whole = mean.mean().map(artifact::withMeanUser).orElse(artifact);
        whole.write(directory);
        return whole;
    }

    private void write(int from, int to, UserVectors.Writer writer, MeanVector mean) throws IOException {
        FloatRows rows = rows(IntStream.range(from, to).toArray());
        float[] vector = new float[rows.width()];
        for (int user = from; user < to; user++) {
            rows.copy(user - from, vector, 0);
            writer.write(names.name(user), vector);
            mean.add(vector);
        }
    }

    private FloatRows rows(int[] users) {
        long[] times = new long[users.length];
        Arrays.fill(times, time);
        return trained.embedder().embed(users, times, trained.model().dimension(), trained.model()::transform);
    }
}
