package org.opensearch.ralm.trainer.baseline;

import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.training.RepresentationOptions;
import org.opensearch.ralm.trainer.training.Training;
import org.opensearch.ralm.trainer.training.UserEmbedder;

/**
 * YouTube's deep candidate model: a user's fields side by side, an MLP, the dot product with the item's own embedding,
 * learned from all clicks before the test by RALM's softmax and sampler. It has no score for an item it was never
 * trained on. Immutable, safe for use by several threads.
 */
final class YoutubeDnn implements Scorer {

    private static final String NAME = "youtube-dnn";

    private final UserEmbedder embedder;
    private final DMatrixRMaj items;
    private final IntPredicate known;
    private final String remark;

    /**
     * @param items items × N
     * @param known whether an item has a score
     */
    YoutubeDnn(UserEmbedder embedder, DMatrixRMaj items, IntPredicate known, String remark) {
        this.embedder = embedder;
        this.items = items;
        this.known = known;
        this.remark = remark;
    }

    /** Trains it with as many parameters as RALM's representation. */
    static Scorer of(Experiment experiment) {
        RepresentationOptions options = Concatenation.ofEqualBudget(experiment);
        Training training = experiment.upToTest(NAME, options);
        return new YoutubeDnn(
                training.representation(),
                training.itemEmbeddings(),
                training::isKnown,
                remark(experiment, options, training));
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
        DMatrixRMaj embedded = embedder.embed(users, times);
        float[] scores = new float[candidates.ids().length];
        for (int row = 0; row < users.length; row++) {
            for (int position = candidates.start(row); position < candidates.end(row); position++) {
                int item = candidates.id(position);
                scores[position] = known.test(item) ? dot(embedded, row, item) : NO_SCORE;
            }
        }
        return scores;
    }

    @Override
    public Optional<String> remark() {
        return Optional.of(remark);
    }

    private float dot(DMatrixRMaj users, int row, int item) {
        double sum = 0;
        for (int d = 0; d < users.numCols; d++) {
            sum += users.data[row * users.numCols + d] * items.data[item * users.numCols + d];
        }
        return (float) sum;
    }

    private static String remark(Experiment experiment, RepresentationOptions options, Training training) {
        long cases = 0;
        long unknown = 0;
        for (TestBlock block : experiment.blocks()) {
            for (int item : block.items()) {
                cases++;
                unknown += training.isKnown(item) ? 0 : 1;
            }
        }
        long attention = experiment
                .options()
                .representation()
                .parameters(experiment.setting().dataset());
        return String.format(
                Locale.ROOT,
                "%,d of %,d test clicks are on items it was never trained on; %.2f times the parameters of RALM's "
                        + "representation",
                unknown,
                cases,
                options.parameters(experiment.setting().dataset()) / (double) attention);
    }
}
