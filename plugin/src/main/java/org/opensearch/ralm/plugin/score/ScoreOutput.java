package org.opensearch.ralm.plugin.score;

import java.util.Arrays;
import java.util.Locale;
import org.opensearch.ralm.artifact.Calibration;

/** What a hit's score is. */
public enum ScoreOutput {
    /** The raw score moved into [0, 1]: (1 + score) / 2. */
    SIMILARITY,
    /** The calibrated probability that the user clicks: sigmoid(γ·score + b). */
    PROBABILITY;

    /**
     * Reads the value of a member {@code score}.
     *
     * @param name null for the similarity
     * @throws IllegalArgumentException naming the member, its value and what was expected
     */
    public static ScoreOutput of(Object name) {
        if (name == null) {
            return SIMILARITY;
        }
        for (ScoreOutput output : values()) {
            if (output.toString().equals(name)) {
                return output;
            }
        }
        throw new IllegalArgumentException("[score] must be one of " + Arrays.toString(values()) + ", but is ["
                + RequestMembers.shown(name) + "]");
    }

    /**
     * The score of a hit, in [0, 1], in the same order as the raw score.
     *
     * <p>Where α + β is above 1 the raw score may be, too; it is then scaled by it, so that no hit is negative.
     *
     * @param largest α + β
     */
    public float score(double raw, double largest, Calibration calibration) {
        double score =
                switch (this) {
                    case SIMILARITY -> (1 + raw / Math.max(1, largest)) / 2;
                    case PROBABILITY -> calibration.probability(raw);
                };
        return (float) Math.clamp(score, 0, 1);
    }

    /** Tells how a score comes of the raw score. */
    public String description(Calibration calibration) {
        return switch (this) {
            case SIMILARITY -> "similarity, (1 + raw / max(1, alpha + beta)) / 2 of:";
            case PROBABILITY ->
                "probability, sigmoid(gamma * raw + b) with gamma " + calibration.gamma() + " and b "
                        + calibration.bias() + ", of:";
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
