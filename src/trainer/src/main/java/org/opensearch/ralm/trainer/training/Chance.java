package org.opensearch.ralm.trainer.training;

import java.util.Random;
import java.util.SplittableRandom;

/**
 * Random numbers that depend on nothing but the seed and the place in a phase, so that a training goes on anywhere as if
 * it had not stopped.
 *
 * @param seed of all of them
 */
record Chance(long seed) {

    /** For the order of an epoch's samples, or of one part of them. */
    Random epoch(int epoch, int part) {
        return stream(1, epoch, part);
    }

    /** For the draws of a batch. */
    Random batch(int batch) {
        return stream(2, batch, 0);
    }

    private Random stream(int kind, int number, int part) {
        long place = ((seed * 31 + kind) * 1_000_003 + number) * 1_000_003 + part;
        return new Random(new SplittableRandom(place).nextLong());
    }
}
