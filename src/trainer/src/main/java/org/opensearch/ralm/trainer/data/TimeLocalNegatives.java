package org.opensearch.ralm.trainer.data;

import java.util.Random;
import java.util.function.IntPredicate;

/**
 * Draws negatives for the clicks of a block: items of other users' clicks in the same block, so in proportion to their
 * clicks there, that the user has not clicked by the end of the block. What is popular in the block is then as popular
 * among the negatives as among the clicks, and popularity alone scores no better than chance.
 * Thread-safe as far as each thread brings its own {@link Random}.
 */
public final class TimeLocalNegatives {
    /** A user who clicked nearly all of a block would make rejection endless; such a user gets fewer negatives. */
    private static final int TRIES = 50;

    private final Events events;
    private final UserHistory history;
    private final Block block;
    private final int[] eligible;

    /**
     * @param pool which items may be drawn
     */
    public TimeLocalNegatives(Events events, UserHistory history, Block block, IntPredicate pool) {
        this.events = events;
        this.history = history;
        this.block = block;
        IntList eligibleEvents = new IntList();
        for (int event = block.firstEvent(); event < block.endEvent(); event++) {
            if (pool.test(events.item(event))) {
                eligibleEvents.add(event);
            }
        }
        this.eligible = eligibleEvents.toArray();
    }

    /**
     * Draws one negative for a user.
     *
     * @return a dense item id, or -1 if none was found in a bounded number of tries
     */
    public int draw(int user, Random random) {
        for (int attempt = 0; attempt < TRIES && eligible.length > 0; attempt++) {
            int event = eligible[random.nextInt(eligible.length)];
            int item = events.item(event);
            if (events.user(event) != user && !history.clickedBefore(user, item, block.end())) {
                return item;
            }
        }
        return -1;
    }
}
