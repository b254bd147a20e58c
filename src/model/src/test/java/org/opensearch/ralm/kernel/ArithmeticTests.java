package org.opensearch.ralm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opensearch.ralm.block.RandomBlocks;

class ArithmeticTests {

    private static final double TOLERANCE = 1e-6;

    private final Random random = new Random(5);

    static List<Arithmetic> all() {
        return Arithmetics.all();
    }

    @Test
    void theBuildRunsWithTheModuleThatSimdNeeds() {
        assertTrue(ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent());
    }

    @ParameterizedTest
    @MethodSource("all")
    void productsAndMixturesOfFloatsEqualSumsInDouble(Arithmetic arithmetic) {
        shapes().forEach(shape -> {
            float[] values = unit(shape.values());
            ByteBuffer rows = ByteBuffer.allocate(shape.offset() + values.length * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            rows.slice(shape.offset(), values.length * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .put(values);
            check(shape, arithmetic.floats(), rows.array(), 0, values, TOLERANCE);
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void productsAndMixturesOfBytesEqualSumsInDouble(Arithmetic arithmetic) {
        shapes().forEach(shape -> {
            ByteBuffer rows = ByteBuffer.allocate(shape.offset() + shape.values() + shape.rows() * Float.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN);
            random.nextBytes(rows.array());
            int scales = shape.offset() + shape.values();
            float[] values = new float[shape.values()];
            for (int j = 0; j < shape.rows(); j++) {
                float scale = random.nextFloat() / 127;
                rows.putFloat(scales + j * Float.BYTES, scale);
                for (int d = 0; d < shape.dimension(); d++) {
                    int i = j * shape.dimension() + d;
                    values[i] = scale * rows.get(shape.offset() + i);
                }
            }
            check(shape, arithmetic.bytes(), rows.array(), scales, values, Math.sqrt(shape.dimension()) * TOLERANCE);
        });
    }

    @ParameterizedTest
    @MethodSource("all")
    void productsOfArraysEqualSumsInDouble(Arithmetic arithmetic) {
        for (int length = 1; length <= 300; length++) {
            float[] a = unit(length);
            float[] b = unit(length);
            assertEquals(product(a, b, 0), arithmetic.product(a, b), TOLERANCE, "length " + length);
        }
    }

    private void check(Shape shape, Rows arithmetic, byte[] rows, int scales, float[] values, double tolerance) {
        int h = shape.dimension();
        float[] vector = unit(h);
        float[] products = new float[shape.rows()];
        arithmetic.products(vector, rows, shape.offset(), scales, shape.rows(), products);
        float[] weights = unit(shape.rows());
        float[] mixture = new float[h];
        arithmetic.mix(weights, rows, shape.offset(), scales, shape.rows(), mixture);
        for (int j = 0; j < shape.rows(); j++) {
            assertEquals(product(vector, values, j * h), products[j], tolerance, shape.toString());
        }
        for (int d = 0; d < h; d++) {
            double sum = 0;
            for (int j = 0; j < shape.rows(); j++) {
                sum += (double) weights[j] * values[j * h + d];
            }
            assertEquals(sum, mixture[d], tolerance, shape + ", value " + d);
        }
    }

    /** All widths up to a few registers, and some wider ones; rows beyond a multiple of four; any alignment. */
    private Stream<Shape> shapes() {
        return IntStream.concat(IntStream.rangeClosed(1, 140), IntStream.of(200, 256, 1000, 1024))
                .mapToObj(h -> new Shape(h, 1 + random.nextInt(25), random.nextInt(9)));
    }

    private float[] unit(int length) {
        float[] values = RandomBlocks.gaussian(random, length);
        double norm = Math.sqrt(product(values, values, 0));
        for (int i = 0; i < length; i++) {
            values[i] /= (float) norm;
        }
        return values;
    }

    private static double product(float[] vector, float[] values, int from) {
        double sum = 0;
        for (int d = 0; d < vector.length; d++) {
            sum += (double) vector[d] * values[from + d];
        }
        return sum;
    }

    private record Shape(int dimension, int rows, int offset) {
        int values() {
            return dimension * rows;
        }
    }
}
