package org.opensearch.ralm.trainer.network;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.representation.FieldRows;
import org.opensearch.ralm.representation.RepresentationModel;

/**
 * The representation network in training: {@link RepresentationModel}'s forward pass, a dot product with the items'
 * embeddings and a softmax over the clicked item and its negatives, equations (4) and (5).
 *
 * <p>Not safe for use by several threads.
 */
public final class RepresentationNetwork {

    /** Added to the logit of a missing field: exp of it is 0 in float32. */
    private static final float MASKED = -1e9f;

    private final RepresentationShape shape;
    private final List<EmbeddingTable> tables = new ArrayList<>();
    private final EmbeddingTable defaultRow;
    private final EmbeddingTable items;
    private final DenseLayers dense = new DenseLayers();
    private final Adam adam = new Adam();

    /** A fresh network; equal seeds give equal networks. */
    public RepresentationNetwork(RepresentationShape shape, long seed) {
        this.shape = shape;
        Random random = new Random(seed);
        int width = shape.fieldWidth();
        int units = shape.heads() * shape.attention();
        for (int field = 0; field < shape.fieldRows().size(); field++) {
            tables.add(new EmbeddingTable(
                    "field." + field + ".table", shape.fieldRows().get(field), width, random));
        }
        defaultRow = new EmbeddingTable("field.default", 1, width, random);
        items = new EmbeddingTable("item.table", shape.items(), shape.dimension(), random);
        dense.add(Parameter.normal("merge.weight", random, Math.sqrt(1.0 / width), width, units));
        dense.add(Parameter.constant("merge.bias", 0, units));
        dense.add(Parameter.normal("merge.vector", random, Math.sqrt(1.0 / shape.attention()), units));
        int merged = shape.heads() * width;
        dense.add(Parameter.normal("hidden.weight", random, Math.sqrt(2.0 / merged), merged, shape.hidden()));
        dense.add(Parameter.constant("hidden.bias", 0, shape.hidden()));
        dense.add(Parameter.normal(
                "output.weight", random, Math.sqrt(1.0 / shape.hidden()), shape.hidden(), shape.dimension()));
        dense.add(Parameter.constant("output.bias", 0, shape.dimension()));
    }

    /**
     * Learns from one batch.
     *
     * @param batch the samples
     * @param rate Adam's learning rate
     * @return the mean loss before the update
     */
    public double step(RepresentationBatch batch, double rate) {
        double loss = backward(batch);
        adam.nextStep();
        allTables().forEach(table -> adam.update(table, rate));
        dense.update(adam, rate);
        return loss;
    }

    /** The mean loss of a batch, without learning from it. */
    public double loss(RepresentationBatch batch) {
        try (NDManager manager = NDManager.newBaseManager()) {
            return graph(manager, new Inputs(manager, batch), dense.arrays(manager, false))
                    .getFloat();
        }
    }

    /** The forward pass for serving and evaluation. */
    public RepresentationModel model() {
        return new RepresentationModel(tensors());
    }

    /** The tensors of {@link RepresentationModel} and the items' table, copied. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parameters().forEach(parameter -> tensors.put(parameter.name(), parameter.tensor()));
        tensors.put("merge.heads", Tensor.vector(new float[shape.heads()]));
        return tensors;
    }

    /** The items' table, items × N, copied. */
    public DMatrixRMaj itemEmbeddings() {
        float[] values = items.parameter().values();
        DMatrixRMaj embeddings = new DMatrixRMaj(shape.items(), shape.dimension());
        for (int i = 0; i < values.length; i++) {
            embeddings.data[i] = values[i];
        }
        return embeddings;
    }

    /** Everything needed to go on training later. */
    public Map<String, Tensor> state() {
        return OptimizerState.of(parameters(), adam);
    }

    /** Takes up a state written by a network of the same shape. */
    public void restore(Map<String, Tensor> state) {
        OptimizerState.restore(state, parameters(), adam);
    }

    /** Computes the loss and leaves the gradients in the tables and layers. */
    double backward(RepresentationBatch batch) {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Inputs inputs = new Inputs(manager, batch);
            inputs.fields.setRequiresGradient(true);
            inputs.choices.setRequiresGradient(true);
            NDList weights = dense.arrays(manager, true);
            NDArray loss = graph(manager, inputs, weights);
            collector.backward(loss);
            dense.readGradients(weights);
            scatterFieldGradients(batch, inputs.fields.getGradient().toFloatArray());
            scatterItemGradients(batch, inputs.choices.getGradient().toFloatArray());
            return loss.getFloat();
        }
    }

    List<Parameter> parameters() {
        List<Parameter> parameters = new ArrayList<>();
        allTables().forEach(table -> parameters.add(table.parameter()));
        parameters.addAll(dense.parameters());
        return parameters;
    }

    /** The gradient that the last {@link #backward} left for a parameter; zero where a table's row was not touched. */
    float[] gradient(String name) {
        for (EmbeddingTable table : allTables()) {
            if (table.parameter().name().equals(name)) {
                return table.gradients().dense();
            }
        }
        return dense.gradient(name);
    }

    private List<EmbeddingTable> allTables() {
        List<EmbeddingTable> all = new ArrayList<>(tables);
        all.add(defaultRow);
        all.add(items);
        return all;
    }

    private int slots() {
        return tables.size() + 1;
    }

    private NDArray graph(NDManager manager, Inputs inputs, NDList weights) {
        long users = inputs.fields.getShape().get(0);
        int heads = shape.heads();
        NDArray rows = inputs.fields.reshape(users * slots(), shape.fieldWidth());
        NDArray units = rows.matMul(weights.get(0)).add(weights.get(1)).tanh();
        NDArray logits = units.mul(weights.get(2))
                .reshape(users, slots(), heads, shape.attention())
                .sum(new int[] {3})
                .add(inputs.mask);
        NDArray attention = logits.softmax(1).transpose(0, 2, 1);
        NDArray merged = attention.batchMatMul(inputs.fields).reshape(users, (long) heads * shape.fieldWidth());
        NDArray hidden = Activation.relu(merged.matMul(weights.get(3)).add(weights.get(4)));
        NDArray embedding = hidden.matMul(weights.get(5)).add(weights.get(6));
        NDArray scores = inputs.choices.batchMatMul(embedding.expandDims(2)).squeeze(2);
        return scores.logSoftmax(1).get(":, 0").mean().neg();
    }

    private void scatterFieldGradients(RepresentationBatch batch, float[] gradient) {
        int width = shape.fieldWidth();
        for (int user = 0; user < batch.users(); user++) {
            int first = user * slots();
            boolean any = false;
            for (int field = 0; field < tables.size(); field++) {
                FieldRows rows = batch.fields().get(field);
                tables.get(field).addGradient(rows, user, gradient, (first + field) * width);
                any |= rows.present(user);
            }
            if (any == false) {
                defaultRow.gradients().add(0, gradient, (first + tables.size()) * width, 1);
            }
        }
    }

    private void scatterItemGradients(RepresentationBatch batch, float[] gradient) {
        for (int i = 0; i < batch.items().length; i++) {
            items.gradients().add(batch.items()[i], gradient, i * shape.dimension(), 1);
        }
    }

    /** The arrays of one batch: H [users, slots, d], the mask [users, slots, 1], items [users, choices, N]. */
    private final class Inputs {

        private final NDArray fields;
        private final NDArray mask;
        private final NDArray choices;

        Inputs(NDManager manager, RepresentationBatch batch) {
            int users = batch.users();
            int width = shape.fieldWidth();
            float[] vectors = new float[users * slots() * width];
            float[] masks = new float[users * slots()];
            for (int user = 0; user < users; user++) {
                fill(batch, user, vectors, masks);
            }
            float[] itemVectors = new float[batch.items().length * shape.dimension()];
            for (int i = 0; i < batch.items().length; i++) {
                items.read(batch.items()[i], itemVectors, i * shape.dimension());
            }
            this.fields = manager.create(vectors, new Shape(users, slots(), width));
            this.mask = manager.create(masks, new Shape(users, slots(), 1));
            this.choices = manager.create(itemVectors, new Shape(users, batch.choices(), shape.dimension()));
        }

        private void fill(RepresentationBatch batch, int user, float[] vectors, float[] masks) {
            int width = shape.fieldWidth();
            int first = user * slots();
            boolean any = false;
            for (int field = 0; field < tables.size(); field++) {
                FieldRows rows = batch.fields().get(field);
                rows.sum(user, tables.get(field).parameter().values(), width, vectors, (first + field) * width);
                masks[first + field] = rows.present(user) ? 0 : MASKED;
                any |= rows.present(user);
            }
            defaultRow.read(0, vectors, (first + tables.size()) * width);
            masks[first + tables.size()] = any ? MASKED : 0;
        }
    }
}
