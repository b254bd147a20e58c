package org.opensearch.ralm.trainer.demo;

import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.Protocol;
import org.opensearch.ralm.trainer.evaluation.Samples;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.evaluation.TestBlock;

/**
 * Candidates that nobody had clicked when a block began: only what is known of them can tell whom they suit.
 *
 * @param cases clicks on them in the block, each against others of them that were clicked in it
 */
record ColdCandidates(TestBlock cases) {

    /**
     * Those of whom anything is known.
     *
     * @param users the clicks of so many users at most
     */
    static ColdCandidates of(Dataset dataset, SeedIndex seeds, Block block, int users) {
        IntPredicate known = item -> dataset.itemAttributes().stream()
                .anyMatch(attribute -> attribute.values().size(item) > 0);
        return new ColdCandidates(
                Protocol.standard().coldCases(dataset, seeds, block, known, 1).ofFirstUsers(users));
    }

    /** Whether there is no click to measure by. */
    boolean isEmpty() {
        return cases.negatives().ids().length == 0;
    }

    /** The candidates that are clicked, or drawn against one that is; ascending. */
    int[] items() {
        return IntStream.concat(
                        IntStream.of(cases.items()),
                        IntStream.of(cases.negatives().ids()))
                .distinct()
                .sorted()
                .toArray();
    }

    /** How well a scorer ranks them. */
    ColdFigures measure(Scorer scorer) {
        return new ColdFigures(
                items().length,
                cases.cases(),
                Samples.of(scorer, List.of(cases)).auc());
    }
}
