package org.opensearch.ralm.trainer.synthetic;

import java.util.Random;

/**
 * What truly makes an item's audience: users around one direction, or a mixture of users around several that lie far
 * apart.
 *
 * @param mixture    the shares of the parts of the audience
 * @param directions of the parts, the largest first
 * @param popularity how much the item is clicked at its best, relative to others
 * @param born       day of its birth
 * @param fading     days in which its popularity falls to 37 %; after three times as many it is dead
 */
record LatentItem(Mixture mixture, double[][] directions, double popularity, double born, double fading) {
    private static final double SPREAD = 0.2;
    private static final double POPULARITY_SPREAD = 1;
    private static final double SHORTEST_FADING = 1;
    private static final double MEAN_MORE_FADING = 4;
    /** Items are born from two days before the feed starts until half a day before it ends. */
    private static final double EARLIEST = -2;

    private static final double LATEST_BEFORE_END = 0.5;

    /** How an audience is made up. */
    enum Mixture {
        /** Of one interest. */
        PURE(0.2, 1),
        /** Of two, the second one easily overlooked. */
        NINE_TO_ONE(0.3, 0.9, 0.1),
        /** Of ten: what concerns many, each for a reason of their own. */
        SEVERAL(0.5, 0.19, 0.17, 0.15, 0.13, 0.11, 0.09, 0.07, 0.05, 0.03, 0.01);

        private final double frequency;
        private final double[] shares;

        Mixture(double frequency, double... shares) {
            this.frequency = frequency;
            this.shares = shares;
        }

        /** How many parts there are. */
        int parts() {
            return shares.length;
        }

        /** The share of a part; they sum to 1. */
        double share(int part) {
            return shares[part];
        }

        /** A part, drawn by its share. */
        int drawPart(Random random) {
            double target = random.nextDouble();
            int part = 0;
            while (part < shares.length - 1 && target >= shares[part]) {
                target -= shares[part++];
            }
            return part;
        }

        static Mixture draw(Random random) {
            double target = random.nextDouble();
            return target < PURE.frequency
                    ? PURE
                    : target < PURE.frequency + NINE_TO_ONE.frequency ? NINE_TO_ONE : SEVERAL;
        }
    }

    static LatentItem draw(Interests interests, int days, Random random) {
        Mixture mixture = Mixture.draw(random);
        return new LatentItem(
                mixture,
                interests
                        .drawFarApart(mixture.parts(), random)
                        .mapToObj(interest -> Directions.near(interests.centre(interest), SPREAD, random))
                        .toArray(double[][]::new),
                StrictMath.exp(POPULARITY_SPREAD * random.nextGaussian()),
                EARLIEST + random.nextDouble() * (days - LATEST_BEFORE_END - EARLIEST),
                SHORTEST_FADING - MEAN_MORE_FADING * StrictMath.log(1 - random.nextDouble()));
    }

    /** The popularity at a moment; 0 before birth and after death. */
    double popularity(double day) {
        double age = day - born;
        return age < 0 || age > 3 * fading ? 0 : popularity * StrictMath.exp(-age / fading);
    }
}
