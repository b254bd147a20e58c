package org.opensearch.ralm.plugin.score;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Explanation;
import org.apache.lucene.util.BytesRef;
import org.opensearch.ralm.block.SeedBlockLayout;
import org.opensearch.ralm.kernel.SeedBlockKernel;

/** Tells how a candidate's score came about: both cosines, and what each cluster of its seeds had to say. */
final class ScoreExplanation {

    private final ScoreParameters parameters;
    private final HitScore hitScore;
    private final float boost;

    ScoreExplanation(ScoreParameters parameters, HitScore hitScore, float boost) {
        this.parameters = parameters;
        this.hitScore = hitScore;
        this.boost = boost;
    }

    Explanation explain(BytesRef block, int candidate) throws IOException {
        SeedBlockKernel kernel = new SeedBlockKernel(parameters.forKernel());
        if (kernel.accepts(block.bytes, block.offset, block.length) == false) {
            return Explanation.noMatch(unfit(block));
        }
        double raw = kernel.score(block.bytes, block.offset, block.length);
        Explanation score = hitScore.explain(rawScore(raw, kernel), candidate);
        return Explanation.match(
                boost * score.getValue().floatValue(),
                "ralm_score under model [" + parameters.model() + "], product of:",
                Explanation.match(boost, "boost"),
                score);
    }

    private String unfit(BytesRef block) {
        String field = "ralm_score: the seed block in field [" + parameters.field() + "] ";
        if (SeedBlockLayout.isNewer(block.bytes, block.offset, block.length)) {
            return field + "is of version " + Byte.toUnsignedInt(block.bytes[block.offset])
                    + ", which only a newer build of the plugin reads";
        }
        long fingerprint = block.length < SeedBlockLayout.SIZES_OFFSET
                ? parameters.fingerprint()
                : SeedBlockKernel.fingerprint(block.bytes, block.offset);
        return fingerprint == parameters.fingerprint()
                ? field + "is malformed"
                : field + "was made under another model: its fingerprint is " + Long.toHexString(fingerprint)
                        + ", that of model [" + parameters.model() + "] is "
                        + Long.toHexString(parameters.fingerprint());
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
                Explanation.match(kernel.seeds(), "seeds"));
    }

    private static List<Explanation> clusters(SeedBlockKernel kernel) {
        List<Explanation> clusters = new ArrayList<>();
        for (int j = 0; j < kernel.clusters(); j++) {
            clusters.add(Explanation.match(
                    kernel.weight(j), "local attention's weight of cluster " + j + " of " + kernel.size(j) + " seeds"));
        }
        return clusters;
    }
}
