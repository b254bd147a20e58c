package org.opensearch.ralm.trainer.evaluation;

import java.util.Optional;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;

/** Something that says how well candidates suit users; what is measured. */
@FunctionalInterface
public interface Scorer {

    /** What a candidate gets that a scorer has no score for: less than any score. */
    float NO_SCORE = -Float.MAX_VALUE;

    /**
     * Scores the candidates of each row.
     *
     * @param block      what is known of candidates is what happened strictly before its start
     * @param users      the user of each row
     * @param times      what is known of the row's user is what happened strictly before
     * @param candidates the item ids of each row
     * @return one finite score an id of {@code candidates}, in the same order; higher suits better
     */
    float[] score(Block block, int[] users, long[] times, IdLists candidates);

    /** What a reader of the results must know beside the figures, after scoring; empty if nothing. */
    default Optional<String> remark() {
        return Optional.empty();
    }
}
