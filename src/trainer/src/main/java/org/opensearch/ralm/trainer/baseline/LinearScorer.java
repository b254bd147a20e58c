package org.opensearch.ralm.trainer.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.evaluation.CandidateRows;
import org.opensearch.ralm.trainer.evaluation.Scorer;

/**
 * Scores by a linear model an item, each made when it is first asked for. Keeps the models of the block it was last
 * asked about; not safe for use by several threads.
 */
final class LinearScorer implements Scorer {

    private final LinearLearner learner;
    private final LinearModel[] models;
    private Block prepared;
    private IntFunction<LinearModel> learning;

    /**
     * @param items how many items there are
     */
    LinearScorer(LinearLearner learner, int items) {
        this.learner = learner;
        this.models = new LinearModel[items];
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
        prepare(block);
        CandidateRows rows = new CandidateRows(candidates, models.length);
        List<SparseVector> vectors = learner.encoding().encode(users, times);
        ThreadLocal<float[]> spread =
                ThreadLocal.withInitial(() -> new float[learner.encoding().features()]);
        float[] scores = new float[rows.size()];
        Arrays.stream(rows.items()).parallel().forEach(item -> {
            LinearModel model = model(item);
            float[] weights = spread.get();
            model.spread(weights);
            for (int position : rows.positions(item)) {
                scores[position] = model.score(vectors.get(rows.row(position)), weights);
            }
            model.clear(weights);
        });
        return scores;
    }

    private void prepare(Block block) {
        if (block.equals(prepared) == false) {
            Arrays.fill(models, null);
            learning = learner.at(block.start());
            prepared = block;
        }
    }

    /** Each item is asked for by one thread at a time. */
    private LinearModel model(int item) {
        if (models[item] == null) {
            models[item] = learning.apply(item);
        }
        return models[item];
    }
}
