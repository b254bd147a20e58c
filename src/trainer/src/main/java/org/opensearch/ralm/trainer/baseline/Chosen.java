package org.opensearch.ralm.trainer.baseline;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.evaluation.Scorer;

/**
 * A scorer of which a value was chosen on validation cases, and which says so.
 *
 * @param scorer the scorer with the value
 * @param what   the value's name
 * @param value  the value
 */
record Chosen(Scorer scorer, String what, double value) implements Scorer {

    /**
     * The value whose scorer does best; of equal ones the earlier.
     *
     * @param quality higher is better
     */
    static double best(double[] values, DoubleFunction<Scorer> scorers, ToDoubleFunction<Scorer> quality) {
        double[] reached = Arrays.stream(values)
                .map(value -> quality.applyAsDouble(scorers.apply(value)))
                .toArray();
        return best(values, reached);
    }

    /** The value that reached most; of equal ones the earlier. */
    static double best(double[] values, double[] reached) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = reached[i] > reached[best] ? i : best;
        }
        return values[best];
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
        return scorer.score(block, users, times, candidates);
    }

    @Override
    public Optional<String> remark() {
        return Optional.of(what + " " + value + ", chosen on validation");
    }
}
