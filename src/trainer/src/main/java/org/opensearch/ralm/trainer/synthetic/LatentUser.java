package org.opensearch.ralm.trainer.synthetic;

import java.util.Random;

/**
 * What truly moves a user.
 *
 * @param interest the interest the user gathers around
 * @param position the user's own direction, near that interest
 * @param activity how much the user clicks, relative to others
 */
record LatentUser(int interest, double[] position, double activity) {
    private static final double SPREAD = 0.4;
    private static final double ACTIVITY_SPREAD = 0.5;

    static LatentUser draw(Interests interests, Random random) {
        int interest = interests.draw(random);
        double[] position = Directions.near(interests.centre(interest), SPREAD, random);
        return new LatentUser(interest, position, StrictMath.exp(ACTIVITY_SPREAD * random.nextGaussian()));
    }
}
