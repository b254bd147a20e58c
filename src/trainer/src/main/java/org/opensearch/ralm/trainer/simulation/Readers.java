package org.opensearch.ralm.trainer.simulation;

import java.util.Random;
import java.util.SplittableRandom;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;

/**
 * The users of the made-up feed, who click by its truth: an item shown is clicked with probability
 * 1 - exp(-c · appeal). Immutable and thread-safe.
 */
final class Readers {
    private static final int SAMPLE = 20_000;

    private final SyntheticFeed feed;
    private final double scale;

    /**
     * @param clickRate about the share of items shown at random at {@code time} that is clicked; sets c
     */
    Readers(SyntheticFeed feed, double clickRate, long time, long seed) {
        this.feed = feed;
        SplittableRandom random = new SplittableRandom(seed);
        int[] alive = Snapshot.alive(feed, time);
        if (alive.length == 0) {
            throw new IllegalArgumentException("no item of the feed is alive when the replay begins");
        }
        double sum = 0;
        for (int i = 0; i < SAMPLE; i++) {
            int user = random.nextInt(feed.dataset().users().size());
            sum += feed.appeal(user, alive[random.nextInt(alive.length)], time);
        }
        this.scale = clickRate * SAMPLE / sum;
    }

    /** The probability that a user clicks an item when it is shown. */
    double clickProbability(int user, int item, long time) {
        return -Math.expm1(-scale * feed.appeal(user, item, time));
    }

    /** Whether the user clicks the item this time. */
    boolean click(int user, int item, long time, Random random) {
        return random.nextDouble() < clickProbability(user, item, time);
    }
}
