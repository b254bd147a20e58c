package org.opensearch.ralm.plugin.exposure;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.lucene.util.BytesRef;

/**
 * Which raw score a user needs to be among the best of a candidate's audience: the percentiles of the scores that a
 * sample of users has with it.
 *
 * <p>The p-th percentile of n scores lies at place p/100 · (n + 1) in their order, between neighbours in proportion, and
 * at the first or last where that is outside: then the share of all users above it is, on average over samples, exactly
 * 100 − p percent.
 *
 * @param bytes as they are stored, little endian: a byte of version, at 4 the number of users, at 8 the
 *     {@linkplain ScoringFingerprint fingerprint of scoring}, at 16 the 101 percentiles from 0 to 100 as float32; not to
 *     be changed
 */
public record ExposureThresholds(BytesRef bytes) {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle FLOAT = MethodHandles.byteArrayViewVarHandle(float[].class, ByteOrder.LITTLE_ENDIAN);

    private static final byte VERSION = 1;
    private static final int PERCENTILES = 101;
    private static final int USERS_OFFSET = 4;
    private static final int FINGERPRINT_OFFSET = 8;
    private static final int PERCENTILES_OFFSET = 16;
    private static final int LENGTH = PERCENTILES_OFFSET + PERCENTILES * Float.BYTES;

    /** What a score computed anew, or by another kernel, may differ by. */
    private static final double ROUNDINGS = 1e-6;

    /**
     * The thresholds by a sample.
     *
     * @param fingerprint of how the scores were given
     * @param scores the raw scores of its users, at least one; they are sorted
     */
    static ExposureThresholds of(long fingerprint, double[] scores) {
        Arrays.sort(scores);
        byte[] bytes = new byte[LENGTH];
        bytes[0] = VERSION;
        INT.set(bytes, USERS_OFFSET, scores.length);
        LONG.set(bytes, FINGERPRINT_OFFSET, fingerprint);
        for (int p = 0; p < PERCENTILES; p++) {
            float percentile = (float) at(scores, p / 100.0 * (scores.length + 1) - 1);
            FLOAT.set(bytes, PERCENTILES_OFFSET + p * Float.BYTES, percentile);
        }
        return new ExposureThresholds(new BytesRef(bytes));
    }

    private static double at(double[] sorted, double place) {
        double within = Math.clamp(place, 0, sorted.length - 1);
        int below = (int) within;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (within - below) * (sorted[above] - sorted[below]);
    }

    /** Whether they are the thresholds of raw scores with a fingerprint of scoring. */
    public boolean isOf(long fingerprint) {
        return bytes.length == LENGTH
                && bytes.bytes[bytes.offset] == VERSION
                && (long) LONG.get(bytes.bytes, bytes.offset + FINGERPRINT_OFFSET) == fingerprint;
    }

    /** How many users were in the sample. */
    public int users() {
        return (int) INT.get(bytes.bytes, bytes.offset + USERS_OFFSET);
    }

    /**
     * The raw score that a share of all users reaches.
     *
     * @param topPercent above 0, at most 100; everybody reaches the last
     */
    public double lowest(double topPercent) {
        if (topPercent == 100) {
            return Double.NEGATIVE_INFINITY;
        }
        double place = 100 - topPercent;
        int below = Math.min((int) place, PERCENTILES - 2);
        double lower = percentile(below);
        return lower + (place - below) * (percentile(below + 1) - lower);
    }

    /**
     * The raw score from which on a user counts as one of the best: {@link #lowest}, less what roundings may take of the
     * score of a user who has set it.
     *
     * @param topPercent above 0, at most 100
     */
    public double admitting(double topPercent) {
        return lowest(topPercent) - ROUNDINGS;
    }

    private float percentile(int p) {
        return (float) FLOAT.get(bytes.bytes, bytes.offset + PERCENTILES_OFFSET + p * Float.BYTES);
    }
}
