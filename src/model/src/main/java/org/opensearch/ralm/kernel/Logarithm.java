package org.opensearch.ralm.kernel;

/**
 * The logarithm of a number of seeds, from a table.
 *
 * <p>With n = (m + f) · 2^s, m below 4096 and f in [0, 1), log n = log m + s ln 2 + log(1 + f / m). Where s is 0, f is,
 * too, and the table has the result. Else m is at least 2048 and δ = f / m below 2^-11, so that δ − δ²/2 + δ³/3 leaves out
 * less than δ⁴/4 &lt; 2e-14; rounding adds less than 1e-14 to a result of at most 21.5.
 */
final class Logarithm {

    /** The bound of the absolute error of {@link #log}. */
    static final double ERROR = 5e-14;

    private static final int TABLE_BITS = 12;
    private static final double LN2 = StrictMath.log(2);
    private static final double[] LOGS = logs();

    private Logarithm() {}

    /** log n, for n of at least 1. */
    static double log(int n) {
        if (n < LOGS.length) {
            return LOGS[n];
        }
        int shift = Integer.SIZE - TABLE_BITS - Integer.numberOfLeadingZeros(n);
        int head = n >> shift;
        double delta = (n - (head << shift)) / (double) (head << shift);
        return LOGS[head] + shift * LN2 + delta * (1 - delta * (1.0 / 2 - delta * (1.0 / 3)));
    }

    private static double[] logs() {
        double[] logs = new double[1 << TABLE_BITS];
        for (int n = 1; n < logs.length; n++) {
            logs[n] = StrictMath.log(n);
        }
        return logs;
    }
}
