package org.opensearch.ralm.trainer.content;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeLocalNegatives;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.metric.Auc;

/**
 * Clicks on items that had few seeds or none: what a content model is measured by. A case is a user's first click on an
 * item that, at the start of a block of three days, was cold; its negatives are other cold items, drawn from what others
 * clicked in the same block. Immutable.
 */
public final class ColdCases {

    private static final long BLOCK_SECONDS = 3 * 86_400;
    private static final int NEGATIVES = 10;

    private final List<Cases> blocks;

    private ColdCases(List<Cases> blocks) {
        this.blocks = blocks;
    }

    /** The cases of one block; the first candidate of each row is the clicked one. */
    private record Cases(Block block, int[] users, long[] times, IdLists candidates) {}

    /**
     * Collects the cases of a span.
     *
     * @param from first event
     * @param to event after the last
     * @param items which items are asked for
     * @param below an item is cold with fewer seeds; 1 for items without any
     */
    public static ColdCases of(Dataset dataset, SeedIndex seeds, int from, int to, IntPredicate items, int below) {
        List<Cases> blocks = new ArrayList<>();
        for (Block block : Block.cut(dataset.events(), from, to, BLOCK_SECONDS)) {
            int[] pool = IntStream.range(0, dataset.items().size())
                    .filter(items)
                    .filter(item -> seeds.seedCount(item, block.start()) < below)
                    .toArray();
            blocks.add(cases(dataset, block, pool));
        }
        return new ColdCases(blocks);
    }

    private static Cases cases(Dataset dataset, Block block, int[] pool) {
        Events events = dataset.events();
        TimeLocalNegatives sampler =
                new TimeLocalNegatives(events, dataset.history(), block, item -> Arrays.binarySearch(pool, item) >= 0);
        Random random = new Random(block.start());
        int[] clicks = dataset.firstClicks(block, pool);
        IdLists.Builder candidates = new IdLists.Builder();
        for (int event : clicks) {
            candidates.add(events.item(event));
            for (int i = 0; i < NEGATIVES; i++) {
                int negative = sampler.draw(events.user(event), random);
                if (negative >= 0) {
                    candidates.add(negative);
                }
            }
            candidates.endRow();
        }
        return new Cases(
                block,
                Arrays.stream(clicks).map(events::user).toArray(),
                Arrays.stream(clicks).mapToLong(events::time).toArray(),
                candidates.build());
    }

    /** How many there are. */
    public int size() {
        return blocks.stream().mapToInt(cases -> cases.users().length).sum();
    }

    /** The area under the curve that a scorer reaches over all cases; NaN if there are none. */
    public double auc(Scorer scorer) {
        int samples = blocks.stream()
                .mapToInt(cases -> cases.candidates().ids().length)
                .sum();
        float[] scores = new float[samples];
        boolean[] clicked = new boolean[samples];
        int size = 0;
        for (Cases cases : blocks) {
            IdLists candidates = cases.candidates();
            float[] scored = scorer.score(cases.block(), cases.users(), cases.times(), candidates);
            System.arraycopy(scored, 0, scores, size, scored.length);
            for (int row = 0; row < candidates.rows(); row++) {
                clicked[size + candidates.start(row)] = true;
            }
            size += scored.length;
        }
        return Auc.pooled(scores, clicked);
    }
}
