package org.opensearch.ralm.trainer.synthetic;

import java.util.Random;

/** The latent interests: directions that users and items gather around, some of them common, some rare. */
final class Interests {
    /** Two interests further apart than this make a mixed audience, whose mean suits neither. */
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

    /** An interest far from another one; the opposite extreme if none is far. */
    int drawFarFrom(int interest, Random random) {
        Weights far = new Weights(centres.length);
        int farthest = interest;
        for (int other = 0; other < centres.length; other++) {
            double cosine = Directions.cosine(centres[interest], centres[other]);
            far.add(cosine < FAR ? share(other) : 0);
            if (cosine < Directions.cosine(centres[interest], centres[farthest])) {
                farthest = other;
            }
        }
        return far.total() > 0 ? far.draw(random) : farthest;
    }
}
