package org.opensearch.ralm.trainer.bench;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.ToDoubleFunction;

/**
 * Two implementations that learned from the same batches in turns.
 *
 * @param samples learned by each after the warm-up
 * @param seconds ours took for them
 * @param plainSeconds the plain one took
 * @param loss ours, a value a batch, those of the warm-up included
 * @param plainLoss the plain one's
 */
record Race(long samples, double seconds, double plainSeconds, double[] loss, double[] plainLoss) {

    /** The parts that the loss curves are compared by. */
    private static final int PARTS = 10;

    /**
     * Lets both learn.
     *
     * @param batches the batches by number
     * @param warmUp the first batches, which are not timed
     * @param size samples of a batch
     */
    static <B> Race run(
            IntFunction<B> batches,
            int steps,
            int warmUp,
            int size,
            ToDoubleFunction<B> ours,
            ToDoubleFunction<B> plain) {
        double[] loss = new double[steps];
        double[] plainLoss = new double[steps];
        long time = 0;
        long plainTime = 0;
        for (int step = 0; step < steps; step++) {
            B batch = batches.apply(step);
            long begin = System.nanoTime();
            loss[step] = ours.applyAsDouble(batch);
            long middle = System.nanoTime();
            plainLoss[step] = plain.applyAsDouble(batch);
            if (step >= warmUp) {
                time += middle - begin;
                plainTime += System.nanoTime() - middle;
            }
        }
        return new Race((long) (steps - warmUp) * size, time / 1e9, plainTime / 1e9, loss, plainLoss);
    }

    double samplesPerSecond() {
        return samples / seconds;
    }

    double plainSamplesPerSecond() {
        return samples / plainSeconds;
    }

    /** How many times faster ours is. */
    double ratio() {
        return plainSeconds / seconds;
    }

    /** The largest difference between the two curves' means over tenths of the batches. */
    double largestDifference() {
        double largest = 0;
        for (int part = 0; part < PARTS; part++) {
            largest = Math.max(largest, Math.abs(mean(loss, part) - mean(plainLoss, part)));
        }
        return largest;
    }

    private static double mean(double[] curve, int part) {
        return Arrays.stream(curve, part * curve.length / PARTS, (part + 1) * curve.length / PARTS)
                .average()
                .orElse(0);
    }
}
