package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/**
 * How well candidates that nobody had clicked were ranked by what is known of them.
 *
 * @param candidates how many they are
 * @param clicks how many held-out clicks on them were ranked
 * @param auc area under the curve over these clicks and their negatives; by chance it is one half
 */
record ColdFigures(int candidates, int clicks, double auc) {

    private static final double CHANCE = 0.5;

    void describe(ObjectNode json) {
        json.put("cold_candidates", candidates).put("cold_clicks", clicks);
        json.put("cold_auc", auc).put("cold_chance_auc", CHANCE);
    }

    /** A line for people. */
    String toText() {
        return String.format(
                Locale.ROOT,
                "%,d candidates without a single seed, by their content: AUC %.4f on %,d held-out clicks, by chance %.1f%n",
                candidates,
                auc,
                clicks,
                CHANCE);
    }
}
