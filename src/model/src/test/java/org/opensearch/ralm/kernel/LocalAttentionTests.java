package org.opensearch.ralm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opensearch.ralm.block.RandomBlocks;
import org.opensearch.ralm.block.SeedBlock;

class LocalAttentionTests {

    private static final int DIMENSION = 16;
    private static final double TOLERANCE = 1e-6;

    private final Random random = new Random(3);

    static List<Arithmetic> all() {
        return Arithmetics.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void anyTemperatureAndSizeWeightIsAttendedBy(Arithmetic arithmetic) {
        for (double temperature : new double[] {1e-3, 1, 5, LocalAttention.HIGHEST_TEMPERATURE, 20.1, 100, 1e6}) {
            for (double sizeWeight : new double[] {0, 0.5, 1, LocalAttention.HIGHEST_SIZE_WEIGHT, 3.1, 30, 1e3}) {
                for (int clusters : new int[] {1, 2, 7, 20, 128}) {
                    check(arithmetic, temperature, sizeWeight, sizes(clusters, 50_000), rows(clusters, 1));
                }
            }
        }
    }

    /** Products with them are near 0, so that what a size adds decides. */
    @ParameterizedTest
    @MethodSource("all")
    void centroidsMayBeOfAnyLength(Arithmetic arithmetic) {
        for (double length : new double[] {1e-18, 1e-12, 1e-6, 1e6, 1e12, 1.7e19}) {
            for (int largest : new int[] {1, 100, Integer.MAX_VALUE}) {
                check(arithmetic, 5, 1, sizes(20, largest), rows(20, length));
                check(arithmetic, 20, 3, sizes(20, largest), rows(20, length));
            }
        }
    }

    /** All are as far from the user as they can be, hence every weight is as small as it can be. */
    @ParameterizedTest
    @MethodSource("all")
    void aUserWhomAllClustersRepelIsScoredLikeOthers(Arithmetic arithmetic) {
        float[] rows = rows(20, 1);
        for (int j = 0; j < 20; j++) {
            rows[j * DIMENSION] = -30;
        }
        for (double temperature : new double[] {5, 10, LocalAttention.HIGHEST_TEMPERATURE, 40}) {
            check(arithmetic, temperature, 1, sizes(20, 5), rows);
        }
    }

    private void check(Arithmetic arithmetic, double temperature, double sizeWeight, int[] sizes, float[] rows) {
        float[] query = new float[DIMENSION];
        query[0] = 1;
        float[] user = rows(1, 1);
        byte[] bytes = bytes(rows);
        LocalAttention attention = new LocalAttention(arithmetic, DIMENSION, temperature, sizeWeight);
        int[] padded = Arrays.copyOf(sizes, SeedBlock.MAX_CLUSTERS);
        for (int again = 0; again < 2; again++) {
            attention.attend(query, arithmetic.floats(), bytes, 0, 0, padded, sizes.length);
            double cosine = attention.cosine(user, Math.sqrt(dot(user, user)), arithmetic.floats(), bytes, 0, 0);
            String message = "τ " + temperature + ", λ " + sizeWeight + ", sizes " + Arrays.toString(sizes);
            double[] weights = weights(temperature, sizeWeight, sizes, rows);
            assertEquals(naiveCosine(weights, rows, user), cosine, TOLERANCE, message);
            for (int j = 0; j < weights.length; j++) {
                assertEquals(weights[j], attention.weight(j), TOLERANCE, message);
            }
        }
    }

    private static double[] weights(double temperature, double sizeWeight, int[] sizes, float[] rows) {
        double[] weights = new double[sizes.length];
        for (int j = 0; j < weights.length; j++) {
            weights[j] = temperature * StrictMath.tanh(rows[j * DIMENSION]) + sizeWeight * StrictMath.log(sizes[j]);
        }
        double largest = Arrays.stream(weights).max().orElseThrow();
        double sum =
                Arrays.stream(weights).map(x -> StrictMath.exp(x - largest)).sum();
        return Arrays.stream(weights)
                .map(x -> StrictMath.exp(x - largest) / sum)
                .toArray();
    }

    private static double naiveCosine(double[] weights, float[] rows, float[] user) {
        double[] sum = new double[DIMENSION];
        for (int j = 0; j < weights.length; j++) {
            for (int d = 0; d < DIMENSION; d++) {
                sum[d] += weights[j] * rows[j * DIMENSION + d];
            }
        }
        double product = 0;
        double squares = 0;
        for (int d = 0; d < DIMENSION; d++) {
            product += user[d] * sum[d];
            squares += sum[d] * sum[d];
        }
        return product / Math.sqrt(squares * dot(user, user));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (double) a[d] * b[d];
        }
        return sum;
    }

    /** Rows of a length, in which directions share a half, so that their sums do not vanish. */
    private float[] rows(int count, double length) {
        float[] rows = new float[count * DIMENSION];
        for (int j = 0; j < count; j++) {
            float[] row = RandomBlocks.gaussian(random, DIMENSION);
            row[1] += 4;
            double norm = Math.sqrt(dot(row, row));
            for (int d = 0; d < DIMENSION; d++) {
                rows[j * DIMENSION + d] = (float) (row[d] / norm * length);
            }
        }
        return rows;
    }

    private int[] sizes(int count, int largest) {
        return random.ints(count, 0, largest).map(size -> size + 1).toArray();
    }

    private static byte[] bytes(float[] rows) {
        ByteBuffer bytes = ByteBuffer.allocate(rows.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(rows);
        return bytes.array();
    }
}
