package org.opensearch.ralm.trainer.network;

import static org.opensearch.ralm.trainer.network.LookalikeGraph.CALIBRATION;
import static org.opensearch.ralm.trainer.network.LookalikeGraph.TEMPERATURE;
import static org.opensearch.ralm.trainer.network.LookalikeGraph.TRANSFORM_SLOPE;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.Tensor;

/**
 * The look-alike network in training: shared transform, local and global attention, weighted cosines, calibrated loss.
 *
 * <p>The graph computes what {@code org.opensearch.ralm.lookalike.LookalikeModel} defines. Not safe for use by several
 * threads.
 */
public final class LookalikeNetwork {

    private static final double FIRST_GAMMA = 10;

    private final LookalikeShape shape;
    private final LookalikeObjective objective;
    private final DenseLayers dense = new DenseLayers();
    private final Adam adam = new Adam();
    private final long seed;

    /** A fresh network; equal seeds give equal networks. */
    public LookalikeNetwork(LookalikeShape shape, LookalikeObjective objective, long seed) {
        this.shape = shape;
        this.objective = objective;
        this.seed = seed;
        Random random = new Random(seed);
        int h = shape.dimension();
        dense.add(
                shape.universal() == h
                        ? Parameter.nearIdentity("transform.weight", random, 1, 0.02, h)
                        : Parameter.normal(
                                "transform.weight", random, Math.sqrt(1.0 / shape.universal()), shape.universal(), h));
        dense.add(Parameter.constant("transform.bias", 0, h));
        dense.add(Parameter.constant("transform.slope", 0.25f, 1));
        dense.add(Parameter.nearIdentity("local.weight", random, 1, 0.02, h));
        dense.add(Parameter.normal("global.weight", random, Math.sqrt(1.0 / h), h, shape.attention()));
        dense.add(Parameter.constant("global.vector", 0, shape.attention()));
        dense.add(
                Parameter.constant("temperature", (float) Math.log(shape.form().localTemperature()), 1));
        dense.add(Parameter.constant("calibration", 0, 2));
        setCalibration(objective.learnedCalibration() ? FIRST_GAMMA : 1, 0);
    }

    /**
     * Learns from one batch.
     *
     * @return the mean loss before the update
     * @throws java.util.concurrent.CancellationException if the thread has been interrupted; nothing is changed then
     */
    public double step(LookalikeBatch batch, double rate) {
        Interrupts.check();
        if (adam.step() == 0 && objective.learnedCalibration()) {
            setFirstBias(batch);
        }
        // A resumed training draws the same.
        double loss = backward(batch, new Dropout(objective.dropout(), seed * 31 + adam.step()));
        adam.nextStep(rate);
        dense.update(adam);
        return loss;
    }

    /**
     * Loss and cosines of a batch, without dropout and without learning from it.
     *
     * @throws java.util.concurrent.CancellationException if the thread has been interrupted
     */
    public LookalikeOutcome evaluate(LookalikeBatch batch) {
        Interrupts.check();
        try (NDManager manager = NDManager.newBaseManager()) {
            LookalikeGraph graph = graph(manager, batch, Dropout.NONE, dense.arrays(manager, false));
            return new LookalikeOutcome(
                    graph.loss().getFloat(), graph.global.toFloatArray(), graph.local.toFloatArray());
        }
    }

    /** The sizes and form. */
    public LookalikeShape shape() {
        return shape;
    }

    /** The form with the temperature as learned so far. */
    public LookalikeForm form() {
        return objective.learnedTemperature()
                ? shape.form()
                        .withLocalTemperature(Math.exp(parameter(TEMPERATURE).values()[0]))
                : shape.form();
    }

    /** γ and b as learned so far. */
    public Calibration calibration() {
        float[] values = parameter(CALIBRATION).values();
        return new Calibration(Math.log1p(Math.exp(values[0])), values[1]);
    }

    /** The tensors of the artifact's {@code weights.safetensors}, copied. */
    public Map<String, Tensor> tensors() {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        dense.parameters().forEach(parameter -> tensors.put(parameter.name(), parameter.tensor()));
        tensors.remove(parameter(TEMPERATURE).name());
        tensors.remove(parameter(CALIBRATION).name());
        return tensors;
    }

    /** Everything needed to go on training later. */
    public Map<String, Tensor> state() {
        return OptimizerState.of(dense.parameters(), adam);
    }

    /** Takes up a state written by a network of the same shape. */
    public void restore(Map<String, Tensor> state) {
        OptimizerState.restore(state, dense.parameters(), adam);
    }

    /** Computes the loss and leaves the gradients in the layers. */
    double backward(LookalikeBatch batch, Dropout dropout) {
        try (NDManager manager = NDManager.newBaseManager();
                GradientCollector collector = Engine.getInstance().newGradientCollector()) {
            NDList weights = dense.arrays(manager, true);
            NDArray loss = graph(manager, batch, dropout, weights).loss();
            collector.backward(loss);
            dense.readGradients(weights);
            freezeWhatIsNotLearned();
            return loss.getFloat();
        }
    }

    private LookalikeGraph graph(NDManager manager, LookalikeBatch batch, Dropout dropout, NDList weights) {
        return new LookalikeGraph(shape, objective, weights, new LookalikeInputs(manager, shape, batch, dropout));
    }

    DenseLayers dense() {
        return dense;
    }

    private Parameter parameter(int place) {
        return dense.parameters().get(place);
    }

    private void setCalibration(double gamma, double bias) {
        parameter(CALIBRATION).values()[0] = (float) Math.log(Math.expm1(gamma));
        parameter(CALIBRATION).values()[1] = (float) bias;
    }

    /** b = logit(share of positives) − γ · mean score, so that the first losses are not spent on finding the level. */
    private void setFirstBias(LookalikeBatch batch) {
        float[] scores = evaluate(batch).scores(shape.alpha(), shape.beta());
        double mean = 0;
        for (float score : scores) {
            mean += score / scores.length;
        }
        int users = batch.users().length / shape.universal();
        double rate = (double) users / scores.length;
        setCalibration(FIRST_GAMMA, Math.log(rate / (1 - rate)) - FIRST_GAMMA * mean);
    }

    private void freezeWhatIsNotLearned() {
        if (objective.learnedCalibration() == false) {
            Arrays.fill(dense.gradient(CALIBRATION), 0);
        }
        if (objective.learnedTemperature() == false) {
            Arrays.fill(dense.gradient(TEMPERATURE), 0);
        }
        if (shape.form().activation() == LookalikeForm.Activation.RELU) {
            Arrays.fill(dense.gradient(TRANSFORM_SLOPE), 0);
        }
    }
}
