package org.opensearch.ralm.plugin.score;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.util.BytesRef;
import org.opensearch.ralm.kernel.SeedBlockKernel;

/** Tells how a candidate's score came about: both cosines, and what each cluster of its seeds had to say. */
final class ScoreExplanation {

    private final ScoreParameters parameters;
    private final float boost;

    ScoreExplanation(ScoreParameters parameters, float boost) {
        this.parameters = parameters;
        this.boost = boost;
    }

    Explanation explain(BytesRef block) {
        SeedBlockKernel kernel = new SeedBlockKernel(parameters.forKernel());
        if (kernel.accepts(block.bytes, block.offset) == false) {
            return Explanation.noMatch("ralm_score: the seed block in field [" + parameters.field()
                    + "] was made under another model: its fingerprint is "
                    + Long.toHexString(SeedBlockKernel.fingerprint(block.bytes, block.offset)) + ", that of model ["
                    + parameters.model()
                    + "] is " + Long.toHexString(parameters.fingerprint()));
        }
        double raw = kernel.score(block.bytes, block.offset, block.length);
        float score = parameters.scoreOf(raw);
        Explanation output = Explanation.match(score, outputText(), rawScore(raw, kernel));
        return Explanation.match(
                boost * score,
                "ralm_score under model [" + parameters.model() + "], product of:",
                Explanation.match(boost, "boost"),
                output);
    }

    private String outputText() {
        return switch (parameters.output()) {
            case SIMILARITY -> "similarity, (1 + raw / max(1, alpha + beta)) / 2 of:";
            case PROBABILITY ->
                "probability, sigmoid(gamma * raw + b) with gamma "
                        + parameters.calibration().gamma() + " and b "
                        + parameters.calibration().bias() + ", of:";
        };
    }

    private Explanation rawScore(double raw, SeedBlockKernel kernel) {
        return Explanation.match(
                raw,
                "raw score, alpha * global + beta * local of:",
                Explanation.match(parameters.alpha(), "alpha, weight of the global cosine"),
                Explanation.match(kernel.global(), "cosine of the user and the global embedding of the seeds"),
                Explanation.match(parameters.beta(), "beta, weight of the local cosine"),
                Explanation.match(
                        kernel.local(),
                        "cosine of the user and the seeds as local attention sees them:",
                        clusters(kernel)),
                Explanation.match(seeds(kernel), "seeds"));
    }

    private static List<Explanation> clusters(SeedBlockKernel kernel) {
        List<Explanation> clusters = new ArrayList<>();
        for (int j = 0; j < kernel.clusters(); j++) {
            clusters.add(Explanation.match(
                    kernel.weight(j), "local attention's weight of cluster " + j + " of " + kernel.size(j) + " seeds"));
        }
        return clusters;
    }

    private static long seeds(SeedBlockKernel kernel) {
        long seeds = 0;
        for (int j = 0; j < kernel.clusters(); j++) {
            seeds += kernel.size(j);
        }
        return seeds;
    }
}
