package org.opensearch.ralm.trainer.bench;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.opensearch.ralm.artifact.Tensor;

/**
 * Weights as DJL keeps them and DJL's own Adam, which touches each weight in each step: what a network is trained with
 * by whoever writes it down plainly. Not safe for use by several threads.
 */
final class PlainAdam implements AutoCloseable {

    private final NDManager manager = NDManager.newBaseManager();
    private final Map<String, NDArray> weights = new LinkedHashMap<>();
    private final Optimizer adam;

    /** Begins with given weights. */
    PlainAdam(Map<String, Tensor> tensors, double rate) {
        tensors.forEach((name, tensor) -> {
            long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
            NDArray weight = manager.create(tensor.values(), new Shape(shape));
            weight.setRequiresGradient(true);
            weights.put(name, weight);
        });
        adam = Optimizer.adam()
                .optLearningRateTracker(Tracker.fixed((float) rate))
                .build();
    }

    /**
     * Learns once.
     *
     * @param loss computes the loss from the weights, with the manager for other arrays of the step
     */
    double step(BiFunction<NDManager, Map<String, NDArray>, NDArray> loss) {
        try (NDManager step = manager.newSubManager()) {
            weights.values().forEach(weight -> weight.tempAttach(step));
            double value;
            try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
                NDArray result = loss.apply(step, weights);
                collector.backward(result);
                value = result.getFloat();
            }
            weights.forEach((name, weight) -> {
                NDArray gradient = weight.getGradient();
                adam.update(name, weight, gradient);
                gradient.subi(gradient);
            });
            return value;
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
