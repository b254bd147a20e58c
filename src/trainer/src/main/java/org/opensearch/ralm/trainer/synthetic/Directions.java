package org.opensearch.ralm.trainer.synthetic;

import java.util.Random;

/** Unit vectors of the latent space. */
final class Directions {
    /** So few that 150 interests crowd: the mean of several of them comes to lie near another. */
    static final int DIMENSION = 10;

    private Directions() {}

    /** A direction drawn uniformly. */
    static double[] random(Random random) {
        return near(new double[DIMENSION], 1, random);
    }

    /** A direction around a centre; a spread of 1 moves it by about the centre's own length. */
    static double[] near(double[] centre, double spread, Random random) {
        double[] vector = new double[DIMENSION];
        double squares = 0;
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] = centre[i] + spread * random.nextGaussian() / Math.sqrt(DIMENSION);
            squares += vector[i] * vector[i];
        }
        for (int i = 0; i < DIMENSION; i++) {
            vector[i] /= Math.sqrt(squares);
        }
        return vector;
    }

    /** The cosine of two directions. */
    static double cosine(double[] one, double[] other) {
        double sum = 0;
        for (int i = 0; i < DIMENSION; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
