package org.opensearch.ralm.trainer.baseline;

import java.util.Random;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.evaluation.Scorer;

/** Scores by chance; not safe for use by several threads. */
final class RandomScorer implements Scorer {

    private final Random random;

    RandomScorer(long seed) {
        this.random = new Random(seed);
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
        float[] scores = new float[candidates.ids().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = random.nextFloat();
        }
        return scores;
    }
}
