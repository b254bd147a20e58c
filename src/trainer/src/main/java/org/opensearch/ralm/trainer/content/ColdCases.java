package org.opensearch.ralm.trainer.content;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.Protocol;
import org.opensearch.ralm.trainer.evaluation.Samples;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.evaluation.TestBlock;

/**
 * Clicks on items that had few seeds or none: what a content model is measured by. A case is a user's first click on an
 * item that, at the start of a block, was cold; its negatives are other cold items, drawn from what others
 * clicked in the same block. Immutable.
 */
public final class ColdCases {

    private static final Protocol PROTOCOL = Protocol.standard().withSeed(0);

    private final List<TestBlock> blocks;

    private ColdCases(List<TestBlock> blocks) {
        this.blocks = blocks;
    }

    /**
     * Collects the cases of a span.
     *
     * @param from first event
     * @param to event after the last
     * @param items which items are asked for
     * @param below an item is cold with fewer seeds; 1 for items without any
     */
    public static ColdCases of(Dataset dataset, SeedIndex seeds, int from, int to, IntPredicate items, int below) {
        List<TestBlock> blocks = new ArrayList<>();
        for (Block block : dataset.timing().blocks(dataset.events(), from, to)) {
            blocks.add(PROTOCOL.coldCases(dataset, seeds, block, items, below));
        }
        return new ColdCases(blocks);
    }

    /** How many there are. */
    public int size() {
        return blocks.stream().mapToInt(TestBlock::cases).sum();
    }

    /** The area under the curve that a scorer reaches over all cases; NaN if there are none. */
    public double auc(Scorer scorer) {
        return Samples.of(scorer, blocks).auc();
    }
}
