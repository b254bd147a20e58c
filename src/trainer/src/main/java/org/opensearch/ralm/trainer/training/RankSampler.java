package org.opensearch.ralm.trainer.training;

import java.util.Arrays;
import java.util.Random;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;

/**
 * Negatives by rank of frequency, equation (3): p(r) = log((r + 2) / (r + 1)) / log(D + 1), r from 0 for the most
 * clicked of D items. Drawn exactly by inverting the distribution function log(r + 2) / log(D + 1).
 */
final class RankSampler implements NegativeSampler {

    private static final int TRIES = 50;

    private final Dataset dataset;
    private final long horizon;
    private final int[] itemsByRank;
    private final int[] ranks;
    private final double logItems;

    /**
     * @param from first event whose click counts for the ranks
     * @param to event after the last; a click at or after it is not known to be one
     */
    RankSampler(Dataset dataset, int from, int to) {
        this.dataset = dataset;
        int[] clicks = new int[dataset.items().size()];
        Events events = dataset.events();
        for (int event = from; event < to; event++) {
            clicks[events.item(event)]++;
        }
        this.horizon = events.horizon(to);
        this.itemsByRank = byClicks(clicks);
        this.ranks = new int[itemsByRank.length];
        for (int rank = 0; rank < ranks.length; rank++) {
            ranks[itemsByRank[rank]] = rank;
        }
        this.logItems = Math.log(itemsByRank.length + 1.0);
    }

    @Override
    public int draw(int event, Random random) {
        int user = dataset.events().user(event);
        int item = -1;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            item = itemsByRank[rank(random.nextDouble())];
            if (dataset.history().clickedBefore(user, item, horizon) == false) {
                break;
            }
        }
        return item;
    }

    @Override
    public double logProbability(int event, int item) {
        return Math.log(Math.log1p(1 / (ranks[item] + 1.0)) / logItems);
    }

    /** The rank that a uniform number in [0, 1) stands for. */
    int rank(double uniform) {
        int rank = (int) Math.exp(uniform * logItems) - 1;
        return Math.min(rank, itemsByRank.length - 1);
    }

    /** The items from the most to the least clicked, of equally clicked ones the smaller id first. */
    private static int[] byClicks(int[] clicks) {
        long[] keys = new long[clicks.length];
        for (int item = 0; item < keys.length; item++) {
            keys[item] = (long) -clicks[item] << 32 | item;
        }
        Arrays.sort(keys);
        int[] items = new int[keys.length];
        for (int rank = 0; rank < items.length; rank++) {
            items[rank] = (int) keys[rank];
        }
        return items;
    }
}
