package org.opensearch.ralm.trainer.content;

import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.Scorer;

/**
 * How far items with few seeds are told apart by what is known of them, and by their clicks so far.
 *
 * @param below the items had fewer seeds than this at the start of the block
 * @param clicks how many clicks on them were measured
 * @param contentAuc what pseudo-seeds reach; NaN without clicks
 * @param popularityAuc what the number of seeds reaches
 */
public record ColdStart(int below, int clicks, double contentAuc, double popularityAuc) {

    /**
     * Measures in the test span of an experiment, with its RALM.
     *
     * @param below 1 for items without any seed
     */
    public static ColdStart of(Experiment experiment, int below) {
        Dataset dataset = experiment.setting().dataset();
        SeedIndex seeds = experiment.setting().seeds();
        TimeSplit split = experiment.split();
        ColdCases cases = ColdCases.of(dataset, seeds, split.test(), split.end(), item -> true, below);
        Scorer content = ContentScorer.train(dataset, seeds, experiment.ralm(), split.test());
        return new ColdStart(below, cases.size(), cases.auc(content), cases.auc(seedCounts(seeds)));
    }

    /** What can be said of items without content: the more seeds, the better. */
    static Scorer seedCounts(SeedIndex seeds) {
        return (block, users, times, candidates) -> {
            float[] scores = new float[candidates.ids().length];
            for (int position = 0; position < scores.length; position++) {
                scores[position] = seeds.seedCount(candidates.id(position), block.start());
            }
            return scores;
        };
    }
}
