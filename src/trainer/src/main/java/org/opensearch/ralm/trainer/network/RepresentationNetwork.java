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
    private final FieldTables fields;
    private final EmbeddingTable items;
    private final DenseLayers dense = new DenseLayers();
    private final Adam adam = new Adam();

    /** A fresh network; equal seeds give equal networks. */
    public RepresentationNetwork(RepresentationShape shape, long seed) {
        this.shape = shape;
        Random random = new Random(seed);
        fields = new FieldTables(shape, random);
        items = new EmbeddingTable("item.table", shape.items(), shape.dimension(), random);
        if (shape.fieldLayer() == FieldLayer.RELU) {
            addFieldLayers(random);
        }
        if (shape.merge() == Merge.ATTENTION) {
            addAttention(random);
        }
        addLayer("hidden", random, 2, shape.merged(), shape.hidden());
        addLayer("output", random, 1, shape.hidden(), shape.dimension());
    }

    private void addFieldLayers(Random random) {
        int width = shape.fieldWidth();
        dense.add(Parameter.normal("field.weight", random, Math.sqrt(2.0 / width), shape.slots(), width, width));
        dense.add(Parameter.constant("field.bias", 0, shape.slots(), width));
    }

    private void addAttention(Random random) {
        int units = shape.heads() * shape.attention();
        addLayer("merge", random, 1, shape.fieldWidth(), units);
        dense.add(Parameter.normal("merge.vector", random, Math.sqrt(1.0 / shape.attention()), units));
    }

    private void addLayer(String name, Random random, double gain, int inputs, int outputs) {
        dense.add(Parameter.normal(name + ".weight", random, Math.sqrt(gain / inputs), inputs, outputs));
        dense.add(Parameter.constant(name + ".bias", 0, outputs));
    }

    /**
     * Learns from one batch.
     *
     * @param batch the samples
     * @param rate Adam's learning rate
     * @return the mean loss before the update
     * @throws java.util.concurrent.CancellationException if the thread has been interrupted; nothing is changed then
     */
    public double step(RepresentationBatch batch, double rate) {
        Interrupts.check();
        double loss = backward(batch);
        adam.nextStep(rate);
        allTables().forEach(adam::update);
        dense.update(adam);
        return loss;
    }

    /**
     * Loss and scores of a batch, without learning from it.
     *
     * @throws java.util.concurrent.CancellationException if the thread has been interrupted
     */
    public RepresentationOutcome evaluate(RepresentationBatch batch) {
        Interrupts.check();
        catchUp(batch);
        try (NDManager manager = NDManager.newBaseManager()) {
            NDArray scores = scores(new Inputs(manager, batch), dense.arrays(manager, false));
            return new RepresentationOutcome(loss(scores).getFloat(), scores.toFloatArray());
        }
    }

    /** The forward pass for serving and evaluation. */
    public RepresentationModel model() {
        return new RepresentationModel(tensors());
    }

    /** The tensors of {@link RepresentationModel} and the items' table, copied. */
    public Map<String, Tensor> tensors() {
        catchUp();
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        parameters().forEach(parameter -> tensors.put(parameter.name(), parameter.tensor()));
        if (shape.merge() == Merge.ATTENTION) {
            tensors.put("merge.heads", Tensor.vector(new float[shape.heads()]));
        }
        return tensors;
    }

    /** The items' table, items × N, copied. */
    public DMatrixRMaj itemEmbeddings() {
        adam.catchUp(items);
        float[] values = items.parameter().values();
        DMatrixRMaj embeddings = new DMatrixRMaj(shape.items(), shape.dimension());
        for (int i = 0; i < values.length; i++) {
            embeddings.data[i] = values[i];
        }
        return embeddings;
    }

    /** Everything needed to go on training later. */
    public Map<String, Tensor> state() {
        catchUp();
        return OptimizerState.of(parameters(), adam);
    }

    /** Takes up a state written by a network of the same shape. */
    public void restore(Map<String, Tensor> state) {
        OptimizerState.restore(state, parameters(), adam);
        allTables().forEach(table -> table.setStep(adam.step()));
    }

    /** Computes the loss and leaves the gradients in the tables and layers. */
    double backward(RepresentationBatch batch) {
        catchUp(batch);
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            Inputs inputs = new Inputs(manager, batch);
            inputs.fields.setRequiresGradient(true);
            inputs.choices.setRequiresGradient(true);
            NDList weights = dense.arrays(manager, true);
            NDArray loss = loss(scores(inputs, weights));
            collector.backward(loss);
            dense.readGradients(weights);
            fields.addGradient(batch, inputs.fields.getGradient().toFloatArray());
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

    private void catchUp() {
        allTables().forEach(adam::catchUp);
    }

    private void catchUp(RepresentationBatch batch) {
        fields.catchUp(batch, adam);
        for (int item : batch.items()) {
            adam.catchUp(items, item);
        }
    }

    private List<EmbeddingTable> allTables() {
        List<EmbeddingTable> all = new ArrayList<>(fields.all());
        all.add(items);
        return all;
    }

    /** The exponents of equation (4), users × choices. */
    private NDArray scores(Inputs inputs, NDList weights) {
        NDArray vectors = shape.fieldLayer() == FieldLayer.RELU ? fieldLayers(inputs, weights) : inputs.fields;
        NDArray merged = shape.merge() == Merge.ATTENTION
                ? attended(vectors, inputs.mask, weights)
                : vectors.reshape(inputs.users(), shape.merged());
        NDArray hidden = Activation.relu(connected(merged, "hidden", weights));
        NDArray embedding = connected(hidden, "output", weights);
        return inputs.choices.batchMatMul(embedding.expandDims(2)).squeeze(2).sub(inputs.corrections);
    }

    /** Equation (5): the first choice of each user is the clicked one. */
    private static NDArray loss(NDArray scores) {
        return scores.logSoftmax(1).get(":, 0").mean().neg();
    }

    private NDArray fieldLayers(Inputs inputs, NDList weights) {
        NDArray linear = inputs.fields
                .transpose(1, 0, 2)
                .batchMatMul(weights.get("field.weight"))
                .add(weights.get("field.bias").expandDims(1));
        return Activation.relu(linear).transpose(1, 0, 2).mul(inputs.presence);
    }

    /** Equations (6) to (8) for each head, the heads side by side. */
    private NDArray attended(NDArray vectors, NDArray mask, NDList weights) {
        long users = vectors.getShape().get(0);
        int slots = shape.slots();
        NDArray units = connected(vectors.reshape(users * slots, shape.fieldWidth()), "merge", weights)
                .tanh();
        NDArray logits = units.mul(weights.get("merge.vector"))
                .reshape(users, slots, shape.heads(), shape.attention())
                .sum(new int[] {3})
                .add(mask);
        NDArray attention = logits.softmax(1).transpose(0, 2, 1);
        return attention.batchMatMul(vectors).reshape(users, shape.merged());
    }

    private static NDArray connected(NDArray input, String layer, NDList weights) {
        return input.matMul(weights.get(layer + ".weight")).add(weights.get(layer + ".bias"));
    }

    private void scatterItemGradients(RepresentationBatch batch, float[] gradient) {
        for (int i = 0; i < batch.items().length; i++) {
            items.gradients().add(batch.items()[i], gradient, i * shape.dimension(), 1);
        }
    }

    /** The arrays of one batch: H [users, slots, d], mask and presence [users, slots, 1], items [users, choices, N]. */
    private final class Inputs {

        private final NDArray fields;
        private final NDArray mask;
        private final NDArray presence;
        private final NDArray choices;
        private final NDArray corrections;

        Inputs(NDManager manager, RepresentationBatch batch) {
            int users = batch.users();
            FieldTables tables = RepresentationNetwork.this.fields;
            float[] itemVectors = new float[batch.items().length * shape.dimension()];
            for (int i = 0; i < batch.items().length; i++) {
                items.read(batch.items()[i], itemVectors, i * shape.dimension());
            }
            Shape slots = new Shape(users, shape.slots(), 1);
            this.fields = manager.create(tables.vectors(batch), new Shape(users, shape.slots(), shape.fieldWidth()));
            this.mask = manager.create(tables.presence(batch, 0, MASKED), slots);
            this.presence = manager.create(tables.presence(batch, 1, 0), slots);
            this.choices = manager.create(itemVectors, new Shape(users, batch.choices(), shape.dimension()));
            this.corrections = batch.corrections().length == 0
                    ? manager.create(0f)
                    : manager.create(batch.corrections(), new Shape(users, batch.choices()));
        }

        long users() {
            return fields.getShape().get(0);
        }
    }
}
