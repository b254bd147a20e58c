package org.opensearch.ralm.trainer.evaluation;

import java.util.Arrays;

/**
 * The scored pool of a test block for one of its users, minus what the user clicked before it.
 *
 * @param block   the block
 * @param user    the user
 * @param items   the candidates, ascending
 * @param scores  the score of each
 * @param clicked whether the user clicks it in the block
 */
record Ranking(TestBlock block, int user, int[] items, float[] scores, boolean[] clicked) {

    /** The same candidates with other scores. */
    Ranking rescored(Rescoring rescoring) {
        return new Ranking(block, user, items, rescoring.scores(block.block(), items, scores), clicked);
    }

    /** The best scored items, best first; of equal scores the earlier item. */
    int[] top(int count) {
        int[] best = new int[Math.min(count, items.length)];
        int size = 0;
        for (int candidate = 0; candidate < items.length; candidate++) {
            int place = size;
            while (place > 0 && scores[candidate] > scores[best[place - 1]]) {
                place--;
            }
            if (place < best.length) {
                size = Math.min(size + 1, best.length);
                System.arraycopy(best, place, best, place + 1, size - place - 1);
                best[place] = candidate;
            }
        }
        return Arrays.stream(best).map(candidate -> items[candidate]).toArray();
    }
}
