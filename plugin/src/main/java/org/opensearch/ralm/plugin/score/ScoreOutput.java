package org.opensearch.ralm.plugin.score;

import java.util.Locale;

/** What a hit's score is. */
enum ScoreOutput {
    /** The raw score moved into [0, 1]: (1 + score) / 2. */
    SIMILARITY,
    /** The calibrated probability that the user clicks: sigmoid(γ·score + b). */
    PROBABILITY;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
