package org.opensearch.ralm.trainer.network;

import java.util.List;
import org.opensearch.ralm.cluster.Clusters;

/**
 * Samples of the look-alike phase.
 *
 * @param users universal embeddings of the target users, users × N
 * @param candidates the distinct candidates of this batch
 * @param choices for each user the clicked candidate and then the negatives, as places in {@code candidates}
 */
public record LookalikeBatch(float[] users, List<Candidate> candidates, int[] choices) {

    /** Copies the list of candidates. */
    public LookalikeBatch {
        candidates = List.copyOf(candidates);
    }

    /**
     * A candidate's seeds. Frozen centroids are constants: the gradient reaches the transform through the target user
     * only, as the paper keeps centroids "in memory" for a round. Otherwise each centroid is computed anew as the mean of
     * some members, and the gradient reaches the transform through them, too.
     *
     * @param clusters the clusters when they were last made
     * @param members for each cluster the universal embeddings of some of its members, members × N; null to keep the
     *     centroids frozen
     */
    public record Candidate(Clusters clusters, float[][] members) {

        /** A candidate whose centroids are constants. */
        public static Candidate frozen(Clusters clusters) {
            return new Candidate(clusters, null);
        }
    }
}
