package org.opensearch.ralm.artifact;

/**
 * Turns a raw score into a probability: p = sigmoid(γ·score + b).
 *
 * @param gamma γ, above 0
 * @param bias b
 */
public record Calibration(double gamma, double bias) {

    /** The probability that a user of this score clicks, as the training's loss saw it. */
    public double probability(double score) {
        return 1 / (1 + Math.exp(-(gamma * score + bias)));
    }
}
