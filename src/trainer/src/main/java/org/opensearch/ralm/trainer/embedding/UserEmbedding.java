package org.opensearch.ralm.trainer.embedding;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.artifact.UserVectors;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.training.UserEmbedder;

/**
 * Writes the look-alike vectors of a dataset's users, as of after their last click, in the form of
 * {@link UserVectors}: by a model's forward pass, from their fields alone. Holds the vectors of a few thousand users at
 * a time. Not safe for use by several threads.
 */
public final class UserEmbedding {

    /** How many users a part holds, where nothing else is said: what an interruption costs at most. */
    public static final int USERS_A_PART = 65_536;

    private static final int USERS_A_ROUND = 8_192;

    private final EmbeddingModel model;
    private final Dataset dataset;
    private final FieldTranslation translation;
    private final UserEmbedder embedder;
    private final int usersAPart;

    /**
     * Embeds the users of a dataset.
     *
     * @throws IllegalArgumentException if a field of the dataset is of another kind than in training
     */
    public UserEmbedding(EmbeddingModel model, Dataset dataset, int usersAPart) {
        this.model = model;
        this.dataset = dataset;
        this.translation = new FieldTranslation(model.fields(), dataset);
        this.embedder =
                new UserEmbedder(translation.fields(), dataset.history(), translation::apply, model.representation());
        this.usersAPart = usersAPart;
    }

    /** The fields of the model that the dataset does not have: they are masked. */
    public List<String> missingFields() {
        return translation.missingFields();
    }

    /** For each field with values that the model does not know, and that are masked: how many they are. */
    public Map<String, Integer> unknownValues() {
        return translation.unknownValues();
    }

    /**
     * Writes the file of a shard, unless it is there; an interrupted run is gone on from.
     *
     * @param progress told how many users are done, those of an earlier run included
     * @return how many users the file holds
     * @throws IllegalArgumentException if the file is there and of another model, other data or another shard
     */
    public int write(Path file, Shard shard, LongConsumer progress) throws IOException {
        int[] users = IntStream.range(0, dataset.users().size())
                .filter(user -> shard.holds(dataset.users().name(user)))
                .toArray();
        ShardFile out = new ShardFile(file);
        if (out.begin(madeOf(shard))) {
            return users.length;
        }
        int parts = Math.max(1, (users.length + usersAPart - 1) / usersAPart);
        for (int number = 0; number < parts; number++) {
            int from = number * usersAPart;
            int[] ofPart = Arrays.copyOfRange(users, from, Math.min(users.length, from + usersAPart));
            out.part(number, part -> writePart(part, ofPart));
            progress.accept(from + ofPart.length);
        }
        out.finish(parts);
        return users.length;
    }

    private ObjectNode madeOf(Shard shard) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("model", model.digest())
                .put("data", dataset.digest())
                .put("shard", shard.toString())
                .put("users_a_part", usersAPart);
    }

    private void writePart(Path part, int[] users) throws IOException {
        try (UserVectors.Writer writer = UserVectors.Writer.of(part)) {
            for (int from = 0; from < users.length; from += USERS_A_ROUND) {
                int[] round = Arrays.copyOfRange(users, from, Math.min(users.length, from + USERS_A_ROUND));
                DMatrixRMaj vectors = model.lookalike().transform(embedder.embed(round, Long.MAX_VALUE));
                for (int row = 0; row < round.length; row++) {
                    writer.write(dataset.users().name(round[row]), row(vectors, row));
                }
            }
        }
    }

    private static float[] row(DMatrixRMaj vectors, int row) {
        float[] values = new float[vectors.numCols];
        for (int d = 0; d < values.length; d++) {
            values[d] = (float) vectors.get(row, d);
        }
        return values;
    }
}
