package org.opensearch.ralm.trainer.baseline;

import java.util.Arrays;
import java.util.Random;

/**
 * Locality-sensitive hashing of sets of features: two users share a bucket of a band with probability J^rows, J being
 * the Jaccard similarity of their sets. Immutable, safe for use by several threads.
 */
final class MinHash {

    private final int bands;
    private final int rows;
    private final long[] salts;

    /**
     * @param bands how many buckets a user is in, at least 1
     * @param rows  how many minima must be equal for two users to share a bucket, at least 1
     */
    MinHash(int bands, int rows, long seed) {
        if (bands < 1 || rows < 1) {
            throw new IllegalArgumentException("MinHash needs 1 band of 1 row or more, got " + bands + " of " + rows);
        }
        this.bands = bands;
        this.rows = rows;
        this.salts = new Random(seed).longs((long) bands * rows).toArray();
    }

    /** The buckets of a set of features, one a band, told apart between bands. */
    long[] buckets(int[] features) {
        long[] buckets = new long[bands];
        for (int band = 0; band < bands; band++) {
            long bucket = band;
            for (int row = 0; row < rows; row++) {
                bucket = mixed(bucket ^ smallest(features, salts[band * rows + row]));
            }
            buckets[band] = bucket;
        }
        return buckets;
    }

    private static long smallest(int[] features, long salt) {
        return Arrays.stream(features)
                .mapToLong(feature -> mixed(feature ^ salt))
                .min()
                .orElse(Long.MAX_VALUE);
    }

    /** A bijection of 64 bits that looks random: the finalizer of SplitMix64. */
    private static long mixed(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
