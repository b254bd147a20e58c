package org.opensearch.ralm.trainer.network;

import java.util.Arrays;
import java.util.Random;
import org.opensearch.ralm.artifact.Tensor;

/** A trained tensor with the two moments that Adam keeps of its gradient. Not safe for use by several threads. */
final class Parameter {

    private final String name;
    private final int[] shape;
    private final float[] values;
    private final float[] firstMoment;
    private final float[] secondMoment;

    private Parameter(String name, float[] values, int... shape) {
        this.name = name;
        this.shape = shape;
        this.values = values;
        this.firstMoment = new float[values.length];
        this.secondMoment = new float[values.length];
    }

    static Parameter constant(String name, float value, int... shape) {
        float[] values = new float[size(shape)];
        Arrays.fill(values, value);
        return new Parameter(name, values, shape);
    }

    static Parameter normal(String name, Random random, double deviation, int... shape) {
        float[] values = new float[size(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() * deviation);
        }
        return new Parameter(name, values, shape);
    }

    /** A square matrix: a multiple of the identity with a little noise. */
    static Parameter nearIdentity(String name, Random random, double diagonal, double deviation, int size) {
        Parameter parameter = normal(name, random, deviation, size, size);
        for (int i = 0; i < size; i++) {
            parameter.values[i * size + i] += (float) diagonal;
        }
        return parameter;
    }

    String name() {
        return name;
    }

    int[] shape() {
        return shape;
    }

    /** The values themselves, not a copy. */
    float[] values() {
        return values;
    }

    float[] firstMoment() {
        return firstMoment;
    }

    float[] secondMoment() {
        return secondMoment;
    }

    Tensor tensor() {
        return new Tensor(shape.clone(), values.clone());
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int dimension : shape) {
            size = Math.multiplyExact(size, dimension);
        }
        return size;
    }
}
