package org.opensearch.ralm.trainer.network;

import java.util.List;
import org.opensearch.ralm.cluster.Clusters;

/**
 * Samples of the look-alike phase. Centroids are constants: the gradient reaches the transform through the target user
 * only, as the paper keeps centroids "in memory" for a round.
 *
 * @param users universal embeddings of the target users, users × N
 * @param candidates the clusters of the distinct candidates of this batch
 * @param choices for each user the clicked candidate and then the negatives, as places in {@code candidates}
 */
public record LookalikeBatch(float[] users, List<Clusters> candidates, int[] choices) {

    /** Copies the list of candidates. */
    public LookalikeBatch {
        candidates = List.copyOf(candidates);
    }
}
