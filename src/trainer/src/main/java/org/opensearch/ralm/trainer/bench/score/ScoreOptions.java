package org.opensearch.ralm.trainer.bench.score;

import java.nio.file.Path;
import java.util.List;

/**
 * What the scoring bench is to measure.
 *
 * @param candidates how many candidates there are, one index and one table each; at least 1
 * @param dimension the width h of vectors
 * @param clusters K of each candidate
 * @param queries how many searches of each contender are timed, those of the slowest excepted; at least 1
 * @param clients how many search at once when throughput is measured, at least 1
 * @param liveSeconds how long searches are timed without and with clicks; 0 leaves that out
 * @param directory where the cluster and the model are kept meanwhile
 */
public record ScoreOptions(
        List<Integer> candidates,
        int dimension,
        int clusters,
        int queries,
        int clients,
        int liveSeconds,
        Path directory) {

    /** The slowest contenders score no more documents than this. */
    private static final int MOST_OF_SLOW = 10_000;

    public ScoreOptions {
        candidates = List.copyOf(candidates);
    }

    /** How many of the candidates the slowest contenders score. */
    static int slow(int candidates) {
        return Math.min(candidates, MOST_OF_SLOW);
    }
}
