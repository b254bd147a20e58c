package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import org.apache.lucene.search.Explanation;
import org.opensearch.index.fielddata.NumericDoubleValues;

/**
 * Recent clicks and the look-alike score, log(clicks + 1/2) + w·γ·raw, raised by a constant, ln 2 + w·γ·(α + β), so
 * that the least of them is 0. Used by one thread.
 */
final class PopularityScore implements HitScore {

    private static final double LN_2 = Math.log(2);
    private static final double MOST_CLICKS = Math.log(Double.MAX_VALUE);

    private final ScoreParameters parameters;
    private final NumericDoubleValues clicks;
    private final double weight;
    private final double raise;

    /**
     * @param clicks of the candidates of a segment
     */
    PopularityScore(ScoreParameters parameters, NumericDoubleValues clicks) {
        this.parameters = parameters;
        this.clicks = clicks;
        this.weight = weight(parameters);
        this.raise = LN_2 + weight * parameters.largest();
    }

    /** w·γ, what a raw score is multiplied by. */
    static double weight(ScoreParameters parameters) {
        return parameters.popularity().weight() * parameters.calibration().gamma();
    }

    @Override
    public float of(double raw, int candidate) throws IOException {
        return (float) Math.max(0, Math.log(clicks(candidate) + 0.5) + weight * raw + raise);
    }

    @Override
    public float most() {
        return (float) (MOST_CLICKS + weight * parameters.largest() + raise);
    }

    @Override
    public Explanation explain(Explanation raw, int candidate) throws IOException {
        double clicked = clicks(candidate);
        return Explanation.match(
                of(raw.getValue().doubleValue(), candidate),
                "popularity and look-alike score, sum of:",
                Explanation.match(
                        Math.log(clicked + 0.5),
                        "log(clicks + 1/2) of:",
                        Explanation.match(
                                clicked, "clicks, [" + parameters.popularity().field() + "], 0 where there is none")),
                Explanation.match(
                        weight * raw.getValue().doubleValue(),
                        "weight * gamma * raw of:",
                        Explanation.match(parameters.popularity().weight(), "weight of the look-alike score"),
                        Explanation.match(parameters.calibration().gamma(), "gamma of the model's calibration"),
                        raw),
                Explanation.match(raise, "ln 2 + weight * gamma * (alpha + beta), so that no score is negative"));
    }

    /** Less than none is none. */
    private double clicks(int candidate) throws IOException {
        return clicks.advanceExact(candidate) ? Math.max(0, clicks.doubleValue()) : 0;
    }
}
