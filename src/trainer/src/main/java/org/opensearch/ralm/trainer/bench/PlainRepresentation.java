package org.opensearch.ralm.trainer.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import java.util.Arrays;
import java.util.Map;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.representation.FieldRows;
import org.opensearch.ralm.trainer.network.RepresentationBatch;
import org.opensearch.ralm.trainer.network.RepresentationShape;

/** The representation network written down plainly: tables are looked up in the graph and updated whole. */
final class PlainRepresentation implements AutoCloseable {

    private static final float MASKED = -1e9f;

    private final RepresentationShape shape;
    private final PlainAdam adam;

    /** Begins with given weights. */
    PlainRepresentation(RepresentationShape shape, Map<String, Tensor> tensors, double rate) {
        this.shape = shape;
        this.adam = new PlainAdam(tensors, rate);
    }

    /** Learns from a batch, all of whose users have a field. */
    double step(RepresentationBatch batch) {
        return adam.step((manager, weights) -> loss(manager, weights, batch));
    }

    private NDArray loss(NDManager manager, Map<String, NDArray> weights, RepresentationBatch batch) {
        int count = batch.fields().size();
        int users = batch.fields().get(0).users();
        NDArray fields =
                field(manager, weights.get("field.0.table"), batch.fields().get(0));
        NDArray mask = mask(manager, batch.fields().get(0));
        for (int i = 1; i < count; i++) {
            FieldRows rows = batch.fields().get(i);
            fields = fields.concat(field(manager, weights.get("field." + i + ".table"), rows), 1);
            mask = mask.concat(mask(manager, rows), 1);
        }
        NDArray logits = fields.reshape((long) users * count, shape.fieldWidth())
                .matMul(weights.get("merge.weight"))
                .add(weights.get("merge.bias"))
                .tanh()
                .mul(weights.get("merge.vector"))
                .reshape(users, count, shape.heads(), shape.attention())
                .sum(new int[] {3})
                .add(mask);
        NDArray merged = logits.softmax(1)
                .transpose(0, 2, 1)
                .batchMatMul(fields)
                .reshape(users, (long) shape.heads() * shape.fieldWidth());
        NDArray hidden =
                Activation.relu(merged.matMul(weights.get("hidden.weight")).add(weights.get("hidden.bias")));
        NDArray embedding = hidden.matMul(weights.get("output.weight")).add(weights.get("output.bias"));
        NDArray items = weights.get("item.table")
                .get(ids(manager, batch.items()))
                .reshape(users, batch.items().length / users, shape.dimension());
        return items.batchMatMul(embedding.expandDims(2))
                .squeeze(2)
                .logSoftmax(1)
                .get(":, 0")
                .mean()
                .neg();
    }

    /** The weighted mean of a field's rows, padded to the longest: users × 1 × d. */
    private NDArray field(NDManager manager, NDArray table, FieldRows rows) {
        int users = rows.users();
        int longest = 1;
        for (int user = 0; user < users; user++) {
            longest = Math.max(longest, rows.offsets()[user + 1] - rows.offsets()[user]);
        }
        int[] ids = new int[users * longest];
        float[] weights = new float[ids.length];
        for (int user = 0; user < users; user++) {
            int from = rows.offsets()[user];
            int length = rows.offsets()[user + 1] - from;
            System.arraycopy(rows.ids(), from, ids, user * longest, length);
            System.arraycopy(rows.weights(), from, weights, user * longest, length);
        }
        return manager.create(weights, new Shape(users, 1, longest))
                .batchMatMul(table.get(ids(manager, ids)).reshape(users, longest, shape.fieldWidth()));
    }

    private static NDArray mask(NDManager manager, FieldRows rows) {
        float[] mask = new float[rows.users()];
        for (int user = 0; user < mask.length; user++) {
            mask[user] = rows.present(user) ? 0 : MASKED;
        }
        return manager.create(mask, new Shape(mask.length, 1, 1));
    }

    private static NDArray ids(NDManager manager, int[] ids) {
        return manager.create(Arrays.stream(ids).asLongStream().toArray());
    }

    @Override
    public void close() {
        adam.close();
    }
}
