package org.opensearch.ralm.trainer.network;

/**
 * What the look-alike network minimizes and what it learns by that.
 *
 * @param crossEntropyWeight weight of the binary cross-entropy of each pair, equation (11)
 * @param softmaxWeight weight of the softmax over a user's positive and its negatives
 * @param learnedCalibration whether γ and b are learned; the paper has γ = 1, b = 0
 * @param learnedTemperature whether the local attention's temperature is learned, from that of the form on
 * @param dropout share of the transform's inputs that are dropped in training, in [0, 1)
 */
public record LookalikeObjective(
        double crossEntropyWeight,
        double softmaxWeight,
        boolean learnedCalibration,
        boolean learnedTemperature,
        double dropout) {

    /**
     * The paper's loss, binary cross-entropy, with a learned calibration: of the plain sigmoid(score) a cosine that ReLU
     * keeps above 0 learns nothing but to vanish, as most pairs are negatives.
     */
    public static final LookalikeObjective PAPER = new LookalikeObjective(1, 0, true, false, 0.1);

    /** The default: keeps a user's level and the ranking within a user's choices. */
    public static final LookalikeObjective DEFAULT = new LookalikeObjective(3, 1, true, false, 0.5);
}
