package org.opensearch.ralm.trainer.evaluation;

import org.opensearch.ralm.trainer.data.Block;

/** Makes other scores of scores, e.g. by mixing them with what else is known of the items. */
@FunctionalInterface
public interface Rescoring {

    /**
     * Changes scores.
     *
     * @param block  what is known of items is what happened strictly before its start
     * @param items  the items scored
     * @param scores the score of each; to be read only
     * @return another score of each
     */
    float[] scores(Block block, int[] items, float[] scores);
}
