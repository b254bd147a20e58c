package org.opensearch.ralm.trainer.synthetic;

import java.util.Random;

/**
 * What truly makes an item's audience: users around one direction, or a mixture of users around two that lie far apart.
 *
 * @param mixture    the shares of the two parts of the audience
 * @param first      direction of the larger part
 * @param second     direction of the other part
 * @param popularity how much the item is clicked at its best, relative to others
 * @param born       day of its birth
 * @param fading     days in which its popularity falls to 37 %; after three times as many it is dead
 */
record LatentItem(Mixture mixture, double[] first, double[] second, double popularity, double born, double fading) {
    private static final double SPREAD = 0.2;
    private static final double POPULARITY_SPREAD = 1;
    private static final double SHORTEST_FADING = 1;
    private static final double MEAN_MORE_FADING = 4;
    /** Items are born from two days before the feed starts until half a day before it ends. */
    private static final double EARLIEST = -2;

    private static final double LATEST_BEFORE_END = 0.5;

    /** How an audience is made up. */
    enum Mixture {
        PURE(1, 0.2),
        NINE_TO_ONE(0.9, 0.4),
        EVEN(0.5, 0.4);

        private final double firstShare;
        private final double frequency;

        Mixture(double firstShare, double frequency) {
            this.firstShare = firstShare;
            this.frequency = frequency;
        }

        /** The share of the first part. */
        double firstShare() {
            return firstShare;
        }

        static Mixture draw(Random random) {
            double target = random.nextDouble();
            return target < PURE.frequency
                    ? PURE
                    : target < PURE.frequency + NINE_TO_ONE.frequency ? NINE_TO_ONE : EVEN;
        }
    }

    static LatentItem draw(Interests interests, int days, Random random) {
        int first = interests.draw(random);
        int second = interests.drawFarFrom(first, random);
        return new LatentItem(
                Mixture.draw(random),
                Directions.near(interests.centre(first), SPREAD, random),
                Directions.near(interests.centre(second), SPREAD, random),
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
