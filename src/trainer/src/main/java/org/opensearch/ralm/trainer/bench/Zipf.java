package org.opensearch.ralm.trainer.bench;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Draws ranks 0, 1, … whose probabilities fall as 1 / (rank + 1)^exponent. Immutable, safe for several threads. */
final class Zipf {

    private final double[] cumulative;

    /**
     * @param ranks how many ranks there are, at least 1
     * @param exponent 0 for equal probabilities; the larger, the more the first ranks have
     */
    Zipf(int ranks, double exponent) {
        cumulative = new double[ranks];
        double sum = 0;
        for (int rank = 0; rank < ranks; rank++) {
            sum += Math.pow(rank + 1.0, -exponent);
            cumulative[rank] = sum;
        }
    }

    int draw(SplittableRandom random) {
        double point = random.nextDouble() * cumulative[cumulative.length - 1];
        int place = Arrays.binarySearch(cumulative, point);
        return place < 0 ? -place - 1 : place + 1;
    }
}
