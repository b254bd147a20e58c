package org.opensearch.ralm.trainer.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.opensearch.ralm.trainer.data.UserHistory;

/**
 * What a {@link Scorer} reaches on test blocks.
 *
 * @param auc           area under the curve over all clicks and their negatives
 * @param gauc          the same, averaged over users
 * @param knownItemsAuc area under the curve over the clicks and negatives that are items clicked before the first block
 * @param newItemsAuc   the same of the other items, born since; NaN if there are none
 * @param precisionAt10 prec@10 of rankings of the pool minus the user's earlier clicks, one a user and block
 * @param precisionAt50 prec@50 of the same
 * @param cases         clicks tested
 * @param rankings      users ranked for, summed over blocks
 */
public record Measurement(
        double auc,
        double gauc,
        double knownItemsAuc,
        double newItemsAuc,
        double precisionAt10,
        double precisionAt50,
        int cases,
        int rankings) {

    /**
     * Measures a scorer where no item counts as new; users are seen as just before each click for AUC, as at the block's
     * start for rankings.
     */
    public static Measurement of(Scorer scorer, List<TestBlock> blocks, UserHistory history) {
        return of(scorer, blocks, history, item -> true, List.of());
    }

    /**
     * Measures a scorer.
     *
     * @param known  whether an item is not new
     * @param others metrics that get the rankings, too
     */
    static Measurement of(
            Scorer scorer,
            List<TestBlock> blocks,
            UserHistory history,
            IntPredicate known,
            List<RankingMetric> others) {
        Samples samples = Samples.roomFor(blocks);
        PrecisionAtK at10 = new PrecisionAtK(10);
        PrecisionAtK at50 = new PrecisionAtK(50);
        List<RankingMetric> metrics = new ArrayList<>(others);
        metrics.add(at10);
        metrics.add(at50);
        // All of a block at once: scorers keep what they made of the block they were last asked about.
        for (TestBlock block : blocks) {
            samples.add(block, scorer);
            new Rankings(block, history).measure(scorer, metrics);
        }
        int cases = blocks.stream().mapToInt(TestBlock::cases).sum();
        return new Measurement(
                samples.auc(),
                samples.gauc(),
                samples.auc(known),
                samples.auc(known.negate()),
                at10.mean(),
                at50.mean(),
                cases,
                at10.rankings());
    }
}
