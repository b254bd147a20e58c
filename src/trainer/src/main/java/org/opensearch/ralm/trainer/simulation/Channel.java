package org.opensearch.ralm.trainer.simulation;

/** One of the recommenders that fill a feed. */
@FunctionalInterface
interface Channel {

    /**
     * Scores all candidates for each user.
     *
     * @return users × candidates of the snapshot, higher is better; NaN for what the channel would not show
     */
    float[][] score(Snapshot snapshot, int[] users);
}
