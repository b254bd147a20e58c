package org.opensearch.ralm.plugin.audience;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.search.Explanation;
import org.opensearch.ralm.kernel.AudienceKernel;
import org.opensearch.ralm.kernel.AudienceParameters;

/** Tells how a user's score came about: both cosines, and what each cluster of the seeds had to say. */
final class AudienceExplanation {

    private final ResolvedAudience resolved;
    private final float boost;

    AudienceExplanation(ResolvedAudience resolved, float boost) {
        this.resolved = resolved;
        this.boost = boost;
    }

    Explanation explain(AudienceKernel kernel, float[] user) {
        double raw = kernel.score(user);
        Explanation reason = rawScore(raw, kernel);
        if (raw < resolved.lowest()) {
            return Explanation.noMatch(
                    "ralm_audience: raw score below " + resolved.lowest() + ", which [top_percent] stands for", reason);
        }
        float score = resolved.scoreOf(raw);
        return Explanation.match(
                boost * score,
                "ralm_audience under model [" + resolved.model() + "], product of:",
                Explanation.match(boost, "boost"),
                Explanation.match(score, resolved.output().description(resolved.calibration()), reason));
    }

    private Explanation rawScore(double raw, AudienceKernel kernel) {
        AudienceParameters parameters = resolved.parameters();
        return Explanation.match(
                raw,
                "raw score, alpha * global + beta * local of:",
                Explanation.match(parameters.alpha(), "alpha, weight of the global cosine"),
                Explanation.match(kernel.global(), "cosine of the user and the global embedding of the seeds"),
                Explanation.match(parameters.beta(), "beta, weight of the local cosine"),
                Explanation.match(
                        kernel.local(),
                        "cosine of the user and the seeds as local attention sees them:",
                        clusters(kernel)));
    }

    private List<Explanation> clusters(AudienceKernel kernel) {
        int[] sizes = resolved.parameters().block().clusters().sizes();
        List<Explanation> clusters = new ArrayList<>();
        for (int j = 0; j < kernel.clusters(); j++) {
            clusters.add(Explanation.match(
                    kernel.weight(j), "local attention's weight of cluster " + j + " of " + sizes[j] + " seeds"));
        }
        return clusters;
    }
}
