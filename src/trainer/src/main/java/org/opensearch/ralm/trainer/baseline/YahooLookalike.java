package org.opensearch.ralm.trainer.baseline;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.Scorer;
import org.opensearch.ralm.trainer.evaluation.Setting;

/**
 * Yahoo's look-alike system: a feature weighs as much as its information value tells an item's seeds from all users,
 * A_j = (p_j - q_j) log(p_j (1 - q_j) / ((1 - p_j) q_j)) with p_j its share among the seeds and q_j among all users
 * known before the moment, both clipped to [½/|S|, 1 - ½/|S|]; a user's score is the sum over its features. Numbers
 * are features by tenths. Immutable, safe for use by several threads.
 */
final class YahooLookalike implements LinearLearner {

    /** Which features count, and what the scores of different items are made comparable by. */
    enum Variant {
        /** As printed: features that more than half of the seeds have, p_j > 0.5. */
        HALF_OF_SEEDS,
        /** Features that are more frequent among the seeds, p_j > q_j. */
        MORE_THAN_ALL,
        /** The same, an item's weights divided by their sum. */
        MORE_THAN_ALL_NORMALIZED
    }

    private static final int CHUNK = 4096;

    private final Dataset dataset;
    private final SeedIndex seeds;
    private final int maxSeeds;
    private final Variant variant;
    private final MultiHot encoding;

    /**
     * @param maxSeeds the newest so many seeds of an item count
     */
    YahooLookalike(Dataset dataset, SeedIndex seeds, int maxSeeds, Variant variant) {
        this.dataset = dataset;
        this.seeds = seeds;
        this.maxSeeds = maxSeeds;
        this.variant = variant;
        this.encoding = new MultiHot(dataset, MultiHot.Numbers.TENTHS);
    }

    /** Scores by a variant, of the seeds that RALM gets. */
    static Scorer scorer(Experiment experiment, Variant variant) {
        Setting setting = experiment.setting();
        int maxSeeds = experiment.options().lookalike().maxSeeds();
        return new LinearScorer(
                new YahooLookalike(setting.dataset(), setting.seeds(), maxSeeds, variant),
                setting.seeds().items());
    }

    @Override
    public MultiHot encoding() {
        return encoding;
    }

    @Override
    public IntFunction<LinearModel> at(long time) {
        int[] users = KnownUsers.before(dataset.history(), time);
        int[] counts = new int[encoding.features()];
        for (int from = 0; from < users.length; from += CHUNK) {
            int[] chunk = Arrays.copyOfRange(users, from, Math.min(users.length, from + CHUNK));
            count(encoding.encode(chunk, time), counts);
        }
        return item -> model(encoding.encode(seeds.seedsOf(item, time, maxSeeds), time), counts, users.length);
    }

    /**
     * The model of an audience; a feature that none of it has never counts.
     *
     * @param countsOfAll how many of all users have each feature
     * @param all         how many users there are
     */
    private LinearModel model(List<SparseVector> audience, int[] countsOfAll, int all) {
        int[] present = audience.stream()
                .flatMapToInt(vector -> Arrays.stream(vector.features()))
                .sorted()
                .toArray();
        int[] features = new int[present.length];
        float[] weights = new float[present.length];
        int size = 0;
        double sum = 0;
        for (int start = 0, end; start < present.length; start = end) {
            end = start + 1;
            while (end < present.length && present[end] == present[start]) {
                end++;
            }
            double p = clip((double) (end - start) / audience.size(), audience.size());
            double q = clip((double) countsOfAll[present[start]] / all, audience.size());
            if (counts(p, q)) {
                double weight = informationValue(p, q);
                features[size] = present[start];
                weights[size++] = (float) weight;
                sum += weight;
            }
        }
        if (variant == Variant.MORE_THAN_ALL_NORMALIZED) {
            for (int i = 0; i < size; i++) {
                weights[i] /= (float) sum;
            }
        }
        return new LinearModel(new SparseVector(Arrays.copyOf(features, size), Arrays.copyOf(weights, size)), 0);
    }

    private boolean counts(double p, double q) {
        return variant == Variant.HALF_OF_SEEDS ? p > 0.5 : p > q;
    }

    /** How well a feature tells seeds from users, 0 or more. */
    private static double informationValue(double p, double q) {
        return (p - q) * Math.log(p * (1 - q) / ((1 - p) * q));
    }

    private static double clip(double share, int seedCount) {
        double least = 0.5 / seedCount;
        return Math.clamp(share, least, 1 - least);
    }

    private static void count(List<SparseVector> vectors, int[] counts) {
        for (SparseVector vector : vectors) {
            for (int feature : vector.features()) {
                counts[feature]++;
            }
        }
    }
}
