package org.opensearch.ralm.trainer.baseline;

import java.util.Arrays;
import java.util.List;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.LookalikeScorer;
import org.opensearch.ralm.trainer.evaluation.Rescoring;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.training.TrainedModel;

/**
 * RALM's score beside what is popular: log(clicks of the last seven days + ½) + w γ score, γ being the model's
 * calibration. As safe for threads as the scorer of the model.
 *
 * @param lookalike scores by the model
 * @param recent    counts clicks
 * @param weight    w γ
 */
record PopularityMix(Scorer lookalike, Popularity recent, double weight) implements Scorer {

    private static final double[] WEIGHTS = {0.125, 0.25, 0.5, 1, 2, 4};

    /** Mixes RALM in with the weight w that is best for prec@10 on validation. */
    static Scorer of(Experiment experiment) {
        Experiment validation = experiment.validation();
        List<Rescoring> mixes = Arrays.stream(WEIGHTS)
                .mapToObj(value -> (Rescoring) mixed(validation, value)::mix)
                .toList();
        Scorer alone = LookalikeScorer.of(validation.ralm(), validation);
        double weight = Chosen.best(WEIGHTS, validation.precisionAt10(alone, mixes));
        return new Chosen(mixed(experiment, weight), "w", weight);
    }

    private static PopularityMix mixed(Experiment experiment, double weight) {
        TrainedModel ralm = experiment.ralm();
        double gamma = ralm.artifact().manifest().calibration().gamma();
        return new PopularityMix(
                LookalikeScorer.of(ralm, experiment),
                new Popularity(experiment.setting().seeds(), Popularity.WEEK),
                weight * gamma);
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
        return mix(block, candidates.ids(), lookalike.score(block, users, times, candidates));
    }

    private float[] mix(Block block, int[] items, float[] scores) {
        float[] mixed = new float[scores.length];
        for (int i = 0; i < scores.length; i++) {
            mixed[i] = (float) (Math.log(recent.clicks(items[i], block.start()) + 0.5) + weight * scores[i]);
        }
        return mixed;
    }
}
