package org.opensearch.ralm.trainer.training;

import org.opensearch.ralm.artifact.Calibration;

/** Logistic regression of clicks on scores by Newton's method, with so weak a prior that it only tames the separable. */
final class LogisticFit {

    private static final int ITERATIONS = 50;
    private static final double PRIOR = 1e-3;
    private static final double TOLERANCE = 1e-9;

    private LogisticFit() {}

    /** The most likely γ and b in p = sigmoid(γ·score + b); γ is not above 0 where high scores are not clicked more. */
    static Calibration of(float[] scores, boolean[] clicked) {
        double gamma = 0;
        double bias = 0;
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            double gradientGamma = -PRIOR * gamma;
            double gradientBias = -PRIOR * bias;
            double gammaGamma = PRIOR;
            double gammaBias = 0;
            double biasBias = PRIOR;
            for (int i = 0; i < scores.length; i++) {
                double p = 1 / (1 + Math.exp(-(gamma * scores[i] + bias)));
                double error = (clicked[i] ? 1 : 0) - p;
                double weight = p * (1 - p);
                gradientGamma += error * scores[i];
                gradientBias += error;
                gammaGamma += weight * scores[i] * scores[i];
                gammaBias += weight * scores[i];
                biasBias += weight;
            }
            double determinant = gammaGamma * biasBias - gammaBias * gammaBias;
            double stepGamma = (gradientGamma * biasBias - gradientBias * gammaBias) / determinant;
            double stepBias = (gradientBias * gammaGamma - gradientGamma * gammaBias) / determinant;
            gamma += stepGamma;
            bias += stepBias;
            if (Math.abs(stepGamma) + Math.abs(stepBias) < TOLERANCE) {
                break;
            }
        }
        return new Calibration(gamma, bias);
    }
}
