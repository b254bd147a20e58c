package org.opensearch.ralm.trainer.training;

import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;

/**
 * Negatives by rank of frequency, equation (3): p(r) = log((r + 2) / (r + 1)) / log(D + 1), r from 0 for the most
 * clicked of D items. Drawn exactly by inverting the distribution function log(r + 2) / log(D + 1).
 */
final class RankSampler implements NegativeSampler {

    private static final int TRIES = 50;

    private final Dataset dataset;
    private final int[] itemsByRank;

    /**
     * @param from first event whose click counts for the ranks
     * @param to event after the last
     */
    RankSampler(Dataset dataset, int from, int to) {
        this.dataset = dataset;
        int[] clicks = new int[dataset.items().size()];
        Events events = dataset.events();
        for (int event = from; event < to; event++) {
            clicks[events.item(event)]++;
        }
        this.itemsByRank = IntStream.range(0, clicks.length)
                .boxed()
                .sorted(Comparator.comparingInt(item -> -clicks[item]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    @Override
    public int draw(int event, Random random) {
        int user = dataset.events().user(event);
        int item = -1;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            item = itemsByRank[rank(random.nextDouble())];
            if (dataset.history().clickedBefore(user, item, Long.MAX_VALUE) == false) {
                break;
            }
        }
        return item;
    }

    /** The rank that a uniform number in [0, 1) stands for. */
    int rank(double uniform) {
        int rank = (int) Math.exp(uniform * Math.log(itemsByRank.length + 1.0)) - 1;
        return Math.min(rank, itemsByRank.length - 1);
    }
}
