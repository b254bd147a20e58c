package org.opensearch.ralm.kernel;

/** Plain Java. */
final class ScalarArithmetic implements Arithmetic {

    private static final int PARTS = 4;

    private final Rows floats = new ScalarRows(false);
    private final Rows bytes = new ScalarRows(true);

    @Override
    public Rows floats() {
        return floats;
    }

    @Override
    public Rows bytes() {
        return bytes;
    }

    /** In four parts, which a processor adds to at the same time. */
    @Override
    public float product(float[] a, float[] b) {
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        int d = 0;
        for (; d <= a.length - PARTS; d += PARTS) {
            sum0 += a[d] * b[d];
            sum1 += a[d + 1] * b[d + 1];
            sum2 += a[d + 2] * b[d + 2];
            sum3 += a[d + 3] * b[d + 3];
        }
        for (; d < a.length; d++) {
            sum0 += a[d] * b[d];
        }
        return sum0 + sum1 + (sum2 + sum3);
    }

    @Override
    public void attend(float[] products, int[] sizes, double[] logits, double temperature, int count, float[] weights) {
        for (int j = 0; j < count; j++) {
            double power = Exponential.exp(logits[j] + temperature * (Exponential.tanh(products[j]) - 1));
            weights[j] = (float) (sizes[j] * power);
        }
    }

    @Override
    public String toString() {
        return "plain Java; SIMD needs a JVM with --add-modules jdk.incubator.vector, and AVX2 or NEON";
    }
}
