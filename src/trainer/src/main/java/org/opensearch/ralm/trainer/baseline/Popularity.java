package org.opensearch.ralm.trainer.baseline;

import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.Scorer;

/**
 * The baseline that knows no user: an item's score is its number of clicks in a trailing window before the block.
 *
 * @param seeds         the items' clicks
 * @param windowSeconds length of the window; {@link #ALL_TIME} for all clicks
 */
public record Popularity(SeedIndex seeds, long windowSeconds) implements Scorer {
    /** A window that holds every click. */
    public static final long ALL_TIME = Long.MAX_VALUE;

    /** A window of seven days. */
    static final long WEEK = 7 * 86_400;

    public Popularity {
        if (windowSeconds < 1) {
            throw new IllegalArgumentException("the window must be 1 second or more, got " + windowSeconds);
        }
    }

    /** The item's clicks in the window before a moment. */
    public int clicks(int item, long time) {
        long from = windowSeconds == ALL_TIME ? Long.MIN_VALUE : time - windowSeconds;
        return seeds.clicks(item, from, time);
    }

    @Override
    public float[] score(Block block, int[] users, long[] times, IdLists candidates) {
        float[] scores = new float[candidates.ids().length];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = clicks(candidates.id(i), block.start());
        }
        return scores;
    }
}
