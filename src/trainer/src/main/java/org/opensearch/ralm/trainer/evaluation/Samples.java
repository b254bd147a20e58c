package org.opensearch.ralm.trainer.evaluation;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.metric.Auc;

/** The scored clicks and negatives of all test blocks; not thread-safe. */
public final class Samples {
    /** Cases scored in one call: enough for a scorer to work in bulk, few enough to hold their users' vectors. */
    private static final int CHUNK = 8192;

    private final int[] users;
    private final int[] items;
    private final float[] scores;
    private final boolean[] clicked;
    private int size;

    private Samples(int capacity) {
        users = new int[capacity];
        items = new int[capacity];
        scores = new float[capacity];
        clicked = new boolean[capacity];
    }

    /** Scores all clicks of the blocks, and their negatives. */
    public static Samples of(Scorer scorer, List<TestBlock> blocks) {
        Samples samples = roomFor(blocks);
        for (TestBlock block : blocks) {
            samples.add(block, scorer);
        }
        return samples;
    }

    /** None yet, with room for those of the blocks. */
    static Samples roomFor(List<TestBlock> blocks) {
        return new Samples(blocks.stream()
                .mapToInt(block -> block.cases() + block.negatives().ids().length)
                .sum());
    }

    /** Scores the clicks of a block and their negatives. */
    void add(TestBlock block, Scorer scorer) {
        for (int from = 0; from < block.cases(); from += CHUNK) {
            add(block, from, Math.min(block.cases(), from + CHUNK), scorer);
        }
    }

    private void add(TestBlock block, int from, int to, Scorer scorer) {
        IdLists candidates = clickThenNegatives(block, from, to);
        float[] scored = scorer.score(
                block.block(),
                Arrays.copyOfRange(block.users(), from, to),
                Arrays.copyOfRange(block.times(), from, to),
                candidates);
        for (int row = 0; row < candidates.rows(); row++) {
            for (int position = candidates.start(row); position < candidates.end(row); position++) {
                users[size] = block.users()[from + row];
                items[size] = candidates.id(position);
                scores[size] = scored[position];
                clicked[size++] = position == candidates.start(row);
            }
        }
    }

    private static IdLists clickThenNegatives(TestBlock block, int from, int to) {
        IdLists negatives = block.negatives();
        IdLists.Builder candidates = new IdLists.Builder();
        for (int row = from; row < to; row++) {
            candidates.add(block.items()[row]);
            for (int position = negatives.start(row); position < negatives.end(row); position++) {
                candidates.add(negatives.id(position));
            }
            candidates.endRow();
        }
        return candidates.build();
    }

    /** The score of each sample, block after block: not a copy, to be read only. */
    public float[] scores() {
        return scores;
    }

    /** Whether each sample is a click; otherwise it is a negative. Not a copy, to be read only. */
    public boolean[] clicked() {
        return clicked;
    }

    /** The area under the curve over all samples; NaN without a click or without a negative. */
    public double auc() {
        return Auc.pooled(scores, clicked);
    }

    /** The same over the samples of some items. */
    double auc(IntPredicate chosen) {
        float[] scoresOfThem = new float[size];
        boolean[] clickedOfThem = new boolean[size];
        int count = 0;
        for (int sample = 0; sample < size; sample++) {
            if (chosen.test(items[sample])) {
                scoresOfThem[count] = scores[sample];
                clickedOfThem[count++] = clicked[sample];
            }
        }
        return Auc.pooled(Arrays.copyOf(scoresOfThem, count), Arrays.copyOf(clickedOfThem, count));
    }

    double gauc() {
        return Auc.byUser(users, scores, clicked);
    }
}
