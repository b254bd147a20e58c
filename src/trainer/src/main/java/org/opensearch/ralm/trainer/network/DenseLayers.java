package org.opensearch.ralm.trainer.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The small, densely updated parameters of a network and the gradients of the last batch. */
final class DenseLayers {

    private final List<Parameter> parameters = new ArrayList<>();
    private final List<float[]> gradients = new ArrayList<>();

    void add(Parameter parameter) {
        parameters.add(parameter);
        gradients.add(new float[parameter.values().length]);
    }

    List<Parameter> parameters() {
        return Collections.unmodifiableList(parameters);
    }

    float[] gradient(String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return gradients.get(i);
            }
        }
        throw new IllegalArgumentException("no parameter is called [" + name + "]");
    }

    float[] gradient(int index) {
        return gradients.get(index);
    }

    /** Copies the parameters into arrays of the engine, under their names and in the order in which they were added. */
    NDList arrays(NDManager manager, boolean requiresGradient) {
        NDList arrays = new NDList();
        for (Parameter parameter : parameters) {
            NDArray array = manager.create(parameter.values(), shape(parameter));
            array.setName(parameter.name());
            if (requiresGradient) {
                array.setRequiresGradient(true);
            }
            arrays.add(array);
        }
        return arrays;
    }

    void readGradients(NDList arrays) {
        for (int i = 0; i < gradients.size(); i++) {
            gradients.set(i, arrays.get(i).getGradient().toFloatArray());
        }
    }

    void update(Adam adam) {
        for (int i = 0; i < gradients.size(); i++) {
            adam.update(parameters.get(i), gradients.get(i));
        }
    }

    private static Shape shape(Parameter parameter) {
        long[] sizes = new long[parameter.shape().length];
        for (int i = 0; i < sizes.length; i++) {
            sizes[i] = parameter.shape()[i];
        }
        return new Shape(sizes);
    }
}
