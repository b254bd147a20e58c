package org.opensearch.ralm.trainer.synthetic;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** The latent interests: directions that users and items gather around, some of them common, some rare. */
final class Interests {
    /** Interests further apart than this make a mixed audience, whose mean suits none of them. */
    private static final double FAR = 0.2;
    /** The first interest is then about eight times as common as the thirtieth. */
    private static final double SKEW_OFFSET = 4;

    private final double[][] centres;
    private final Weights shares;

    Interests(int count, Random random) {
        centres = new double[count][];
        shares = new Weights(count);
        for (int interest = 0; interest < count; interest++) {
            centres[interest] = Directions.random(random);
            shares.add(share(interest));
        }
    }

    int count() {
        return centres.length;
    }

    double[] centre(int interest) {
        return centres[interest];
    }

    private static double share(int interest) {
        return 1 / (interest + SKEW_OFFSET);
    }

    int draw(Random random) {
        return shares.draw(random);
    }

    /** Interests each far from the others, drawn by their shares. */
    IntStream drawFarApart(int count, Random random) {
        int[] drawn = new int[count];
        drawn[0] = draw(random);
        for (int i = 1; i < count; i++) {
            drawn[i] = drawFarFrom(Arrays.copyOf(drawn, i), random);
        }
        return IntStream.of(drawn);
    }

    /** An interest far from some others; the one least close to any of them if none is far. */
    private int drawFarFrom(int[] others, Random random) {
        Weights far = new Weights(centres.length);
        int farthest = 0;
        for (int interest = 0; interest < centres.length; interest++) {
            double closeness = closeness(interest, others);
            far.add(closeness < FAR ? share(interest) : 0);
            if (closeness < closeness(farthest, others)) {
                farthest = interest;
            }
        }
        return far.total() > 0 ? far.draw(random) : farthest;
    }

    /** The largest cosine of an interest with any of some others. */
    private double closeness(int interest, int[] others) {
        return IntStream.of(others)
                .mapToDouble(other -> Directions.cosine(centres[interest], centres[other]))
                .max()
                .orElseThrow();
    }
}
