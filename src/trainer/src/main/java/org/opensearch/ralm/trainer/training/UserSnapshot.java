package org.opensearch.ralm.trainer.training;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.artifact.UserVectors;
import org.opensearch.ralm.trainer.data.Vocabulary;

/**
 * The look-alike vectors of all users at one moment, as they are published.
 *
 * @param names the users' names
 * @param vectors users × h, each value exactly representable as float32
 */
public record UserSnapshot(Vocabulary names, DMatrixRMaj vectors) {

    /** All users as of a moment: only clicks strictly before it are known. */
    public static UserSnapshot at(long time, TrainedModel trained, Vocabulary names) {
        int[] users = IntStream.range(0, names.size()).toArray();
        DMatrixRMaj vectors = trained.model().transform(trained.embedder().embed(users, time));
        for (int i = 0; i < vectors.getNumElements(); i++) {
            vectors.data[i] = (float) vectors.data[i];
        }
        return new UserSnapshot(names, vectors);
    }

    /** Writes the vectors beside the model. */
    public void write(Path directory) throws IOException {
        try (UserVectors.Writer writer = new UserVectors.Writer(directory)) {
            float[] vector = new float[vectors.numCols];
            for (int user = 0; user < names.size(); user++) {
                for (int d = 0; d < vector.length; d++) {
                    vector[d] = (float) vectors.get(user, d);
                }
                writer.write(names.name(user), vector);
            }
        }
    }
}
