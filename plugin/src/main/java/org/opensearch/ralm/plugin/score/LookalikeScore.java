package org.opensearch.ralm.plugin.score;

import org.apache.lucene.search.Explanation;

/** The look-alike score alone, from 0 to 1 and in the order of the raw score. Immutable. */
record LookalikeScore(ScoreParameters parameters) implements HitScore {

    @Override
    public float of(double raw, int candidate) {
        return parameters.output().score(raw, parameters.largest(), parameters.calibration());
    }

    @Override
    public float most() {
        return 1;
    }

    @Override
    public Explanation explain(Explanation raw, int candidate) {
        return Explanation.match(
                of(raw.getValue().doubleValue(), candidate),
                parameters.output().description(parameters.calibration()),
                raw);
    }
}
