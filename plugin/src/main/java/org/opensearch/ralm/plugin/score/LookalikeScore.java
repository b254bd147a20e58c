package org.opensearch.ralm.plugin.score;

import org.apache.lucene.search.Explanation;
import org.opensearch.ralm.artifact.Calibration;

/** The look-alike score alone, from 0 to 1 and in the order of the raw score. Immutable. */
record LookalikeScore(ScoreParameters parameters) implements HitScore {

    /** Where α + β is above 1 the raw score may be, too; it is then scaled by it, so that no hit is negative. */
    @Override
    public float of(double raw, int candidate) {
        double score =
                switch (parameters.output()) {
                    case SIMILARITY -> (1 + raw / Math.max(1, parameters.largest())) / 2;
                    case PROBABILITY -> parameters.calibration().probability(raw);
                };
        return (float) Math.clamp(score, 0, 1);
    }

    @Override
    public float most() {
        return 1;
    }

    @Override
    public Explanation explain(Explanation raw, int candidate) {
        return Explanation.match(of(raw.getValue().doubleValue(), candidate), description(), raw);
    }

    private String description() {
        Calibration calibration = parameters.calibration();
        return switch (parameters.output()) {
            case SIMILARITY -> "similarity, (1 + raw / max(1, alpha + beta)) / 2 of:";
            case PROBABILITY ->
                "probability, sigmoid(gamma * raw + b) with gamma " + calibration.gamma() + " and b "
                        + calibration.bias() + ", of:";
        };
    }
}
