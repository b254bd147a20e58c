package org.opensearch.ralm.trainer.evaluation;

import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.IdLists;

/**
 * The test cases of one block of time. Case c is the first click of {@code users[c]} on {@code items[c]} at
 * {@code times[c]}, in order of time; row c of {@code negatives} are items drawn against it, all from the pool. Arrays
 * are to be read only.
 *
 * @param block     the stretch of time; seeds are what clicked strictly before its start
 * @param pool      the items with enough seeds to be candidates, ascending
 * @param users     the user of each case
 * @param items     the clicked item of each case
 * @param times     the second of each case
 * @param negatives items each case's user did not click
 */
public record TestBlock(Block block, int[] pool, int[] users, int[] items, long[] times, IdLists negatives) {

    /** How many cases there are. */
    public int cases() {
        return users.length;
    }
}
