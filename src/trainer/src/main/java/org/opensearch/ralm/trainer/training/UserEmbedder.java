package org.opensearch.ralm.trainer.training;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.opensearch.ralm.representation.FieldRows;
import org.opensearch.ralm.representation.RepresentationModel;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Field;
import org.opensearch.ralm.trainer.data.FieldBatch;
import org.opensearch.ralm.trainer.data.FieldExtractor;
import org.opensearch.ralm.trainer.data.UserHistory;

/** Universal embeddings of a dataset's users at given moments. Immutable, safe for use by several threads. */
public final class UserEmbedder {

    private static final int CHUNK = 2048;

    private final FieldExtractor extractor;
    private final FieldEncoder encoder;
    private final UnaryOperator<FieldBatch> translation;
    private final RepresentationModel model;

    /** Embeds the users of a dataset with a model that was trained on its fields. */
    public UserEmbedder(Dataset dataset, RepresentationModel model) {
        this(dataset.fields(), dataset.history(), batch -> batch, model);
    }

    /**
     * Embeds users of other data than a model was trained on.
     *
     * @param fields the users' fields in the order of the model's
     * @param history the users' clicks
     * @param translation from the ids of these fields to the rows of the model's tables
     */
    public UserEmbedder(
            List<Field> fields, UserHistory history, UnaryOperator<FieldBatch> translation, RepresentationModel model) {
        this.extractor = new FieldExtractor(fields, history);
        this.encoder = new FieldEncoder(fields);
        this.translation = translation;
        this.model = model;
    }

    /** The same model on other clicks of the same users on the same items. */
    public UserEmbedder on(Dataset otherClicks) {
        return new UserEmbedder(otherClicks.fields(), otherClicks.history(), translation, model);
    }

    /** The width N of the embeddings. */
    public int dimension() {
        return model.dimension();
    }

    /**
     * Embeds each user as of a moment: only clicks strictly before it are known.
     *
     * @return rows × N
     */
    public DMatrixRMaj embed(int[] users, long[] times) {
        DMatrixRMaj embeddings = new DMatrixRMaj(users.length, dimension());
        IntStream.range(0, Math.ceilDiv(users.length, CHUNK)).parallel().forEach(chunk -> {
            int from = chunk * CHUNK;
            int to = Math.min(users.length, from + CHUNK);
            CommonOps_DDRM.insert(embed(users, times, from, to), embeddings, from, 0);
        });
        return embeddings;
    }

    /**
     * What a function makes of embeddings. No more of them than a few thousand are held at a time.
     *
     * @param width of the rows that the function makes
     * @param function applied to some users' rows × N at a time, by several threads
     */
    FloatRows embed(int[] users, long[] times, int width, UnaryOperator<DMatrixRMaj> function) {
        return FloatRows.of(users.length, width, (from, to) -> function.apply(embed(users, times, from, to)));
    }

    private DMatrixRMaj embed(int[] users, long[] times, int from, int to) {
        return model.embed(encoder.encode(translation.apply(
                extractor.extract(Arrays.copyOfRange(users, from, to), Arrays.copyOfRange(times, from, to)))));
    }

    /** The names of the fields, in the order of {@link #fieldWeights}. */
    public List<String> fieldNames() {
        return encoder.tableNames();
    }

    /**
     * How much of each user's embedding comes from each field: the merge layer's attention weights, the mean over heads.
     *
     * @return users × fields, NaN where a user lacks the field; no columns where fields are not weighted
     */
    public double[][] fieldWeights(int[] users, long[] times) {
        double[][] weights = new double[users.length][];
        IntStream.range(0, users.length).parallel().forEach(row -> {
            FieldBatch batch = extractor.extract(new int[] {users[row]}, new long[] {times[row]});
            List<FieldRows> fields = encoder.encode(translation.apply(batch));
            double[][] heads = model.fieldWeights(fields, 0);
            weights[row] = IntStream.range(0, heads.length == 0 ? 0 : fields.size())
                    .mapToDouble(field -> fields.get(field).present(0) ? meanOf(heads, field) : Double.NaN)
                    .toArray();
        });
        return weights;
    }

    private static double meanOf(double[][] heads, int field) {
        return Arrays.stream(heads).mapToDouble(head -> head[field]).average().orElseThrow();
    }

    /** Embeds users as of one moment. */
    public DMatrixRMaj embed(int[] users, long time) {
        long[] times = new long[users.length];
        Arrays.fill(times, time);
        return embed(users, times);
    }
}
