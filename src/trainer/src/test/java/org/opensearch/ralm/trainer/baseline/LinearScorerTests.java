package org.opensearch.ralm.trainer.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.IdLists;
import org.opensearch.ralm.trainer.data.SeedIndex;

final class LinearScorerTests {

    private static final int MAX_SEEDS = 30;

    private final Dataset dataset = TinyWorld.dataset();
    private final SeedIndex seeds = SeedIndex.of(dataset.events(), TinyWorld.ITEMS);
    private final MultiHot encoding = new MultiHot(dataset, MultiHot.Numbers.TENTHS);

    /** Against dense vectors and the definition, feature by feature. */
    @Test
    void yahoosScoresAreThoseOfItsDefinition() {
        for (YahooLookalike.Variant variant : YahooLookalike.Variant.values()) {
            LinearScorer scorer =
                    new LinearScorer(new YahooLookalike(dataset, seeds, MAX_SEEDS, variant), TinyWorld.ITEMS);
            for (long start : new long[] {20 * TinyWorld.DAY, 30 * TinyWorld.DAY}) {
                int[] users = {5, 17, 3};
                long[] times = {start, start + 999, start + 5};
                IdLists candidates = new IdLists(new int[] {0, 3, 3, 5}, new int[] {7, 0, 50, 7, 30});
                float[] scores = scorer.score(new Block(start, start + 1, 0, 1), users, times, candidates);
                int[] rows = {0, 0, 0, 2, 2};
                for (int i = 0; i < scores.length; i++) {
                    BitSet user = features(users[rows[i]], times[rows[i]]);
                    double expected = yahoo(candidates.id(i), start, user, variant);
                    assertEquals(expected, scores[i], 1e-5 * Math.max(1, expected));
                }
            }
        }
    }

    private double yahoo(int item, long time, BitSet user, YahooLookalike.Variant variant) {
        int[] audience = seeds.seedsOf(item, time, MAX_SEEDS);
        int[] known = KnownUsers.before(dataset.history(), time);
        double score = 0;
        double sum = 0;
        for (int feature = 0; feature < encoding.features(); feature++) {
            double least = 0.5 / audience.length;
            double p = Math.min(Math.max(share(audience, feature, time), least), 1 - least);
            double q = Math.min(Math.max(share(known, feature, time), least), 1 - least);
            boolean counts = variant == YahooLookalike.Variant.HALF_OF_SEEDS ? p > 0.5 : p > q;
            double weight = counts ? (p - q) * (Math.log(p / (1 - p)) - Math.log(q / (1 - q))) : 0;
            score += user.get(feature) ? weight : 0;
            sum += weight;
        }
        return variant == YahooLookalike.Variant.MORE_THAN_ALL_NORMALIZED ? score / sum : score;
    }

    private double share(int[] users, int feature, long time) {
        return Arrays.stream(users)
                        .filter(user -> features(user, time).get(feature))
                        .count()
                / (double) users.length;
    }

    private BitSet features(int user, long time) {
        BitSet features = new BitSet();
        Arrays.stream(encoding.encode(new int[] {user}, time).get(0).features()).forEach(features::set);
        return features;
    }
}
