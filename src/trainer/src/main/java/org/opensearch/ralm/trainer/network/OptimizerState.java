package org.opensearch.ralm.trainer.network;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.artifact.Tensor;

/** A network's parameters, moments and step count as tensors, for checkpoints. */
final class OptimizerState {

    private static final String STEP = "adam.step";
    private static final int STEP_UNIT = 1 << 20;

    private OptimizerState() {}

    static Map<String, Tensor> of(List<Parameter> parameters, Adam adam) {
        Map<String, Tensor> state = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            state.put(parameter.name(), parameter.tensor());
            state.put(parameter.name() + ".m", copy(parameter, parameter.firstMoment()));
            state.put(parameter.name() + ".v", copy(parameter, parameter.secondMoment()));
        }
        // Two float32 digits to the base 2^20 hold any number of steps exactly.
        state.put(STEP, Tensor.vector((float) (adam.step() / STEP_UNIT), adam.step() % STEP_UNIT));
        return state;
    }

    static void restore(Map<String, Tensor> state, List<Parameter> parameters, Adam adam) {
        for (Parameter parameter : parameters) {
            restore(state, parameter.name(), parameter.values());
            restore(state, parameter.name() + ".m", parameter.firstMoment());
            restore(state, parameter.name() + ".v", parameter.secondMoment());
        }
        float[] step = new float[2];
        restore(state, STEP, step);
        adam.resume((long) step[0] * STEP_UNIT + (long) step[1]);
    }

    private static Tensor copy(Parameter parameter, float[] values) {
        return new Tensor(parameter.shape().clone(), values.clone());
    }

    private static void restore(Map<String, Tensor> state, String name, float[] target) {
        Tensor tensor = state.get(name);
        if (tensor == null || tensor.values().length != target.length) {
            throw new InvalidArtifactException("checkpoint: tensor [" + name + "] is missing or of another size; "
                    + "it was written by a training with other options or data");
        }
        System.arraycopy(tensor.values(), 0, target, 0, target.length);
    }
}
