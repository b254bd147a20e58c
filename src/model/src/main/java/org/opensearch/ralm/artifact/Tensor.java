package org.opensearch.ralm.artifact;

import java.util.Arrays;
import java.util.Objects;

/**
 * A dense float32 tensor in row-major order.
 *
 * <p>The arrays are not copied: whoever hands them over must not change them afterwards.
 *
 * @param shape the sizes of the dimensions, each at least 0, their product below 2³¹
 * @param values as many values as the product of the shape
 */
public record Tensor(int[] shape, float[] values) {

    /** Checks that the values fill the shape. */
    public Tensor {
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(values, "values");
        long size = 1;
        for (int dimension : shape) {
            if (dimension < 0) {
                throw new IllegalArgumentException("a tensor's shape must not be negative: " + Arrays.toString(shape));
            }
            size *= dimension;
            if (size > Integer.MAX_VALUE) {
                throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " is too large");
            }
        }
        if (size != values.length) {
            throw new IllegalArgumentException("a tensor of shape " + Arrays.toString(shape) + " needs " + size
                    + " values, but has " + values.length);
        }
    }

    /** A tensor of one dimension over the given values. */
    public static Tensor vector(float... values) {
        return new Tensor(new int[] {values.length}, values);
    }

    /** A tensor of two dimensions over the given row-major values. */
    public static Tensor matrix(int rows, int columns, float[] values) {
        return new Tensor(new int[] {rows, columns}, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && Arrays.equals(shape, tensor.shape)
                && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
