package org.opensearch.ralm.trainer.content;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.content.ContentFeatures;
import org.opensearch.ralm.content.ContentModel;
import org.opensearch.ralm.hash.Murmur3;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.training.BlockSeeds;
import org.opensearch.ralm.trainer.training.TrainedModel;

/**
 * Learns, for a trained look-alike model, from what is known of warm items where the global embedding of their seeds
 * lies: ridge regression, its penalty chosen by the cosine with items that it was not fitted to. Equal data give equal
 * weights. Not safe for use by several threads.
 */
final class ContentTrainer {

    private static final double[] PENALTIES = {0.1, 0.3, 1, 3, 10, 30, 100, 300};
    private static final int PARTS = 5;
    private static final int FEWEST_ITEMS = 10;

    private final Dataset dataset;
    private final ItemContent content;
    private final int[] items;
    private final float[][] targets;

    /**
     * Takes as targets the global embeddings that items have at a moment.
     *
     * @param time seeds are those who clicked strictly before
     */
    ContentTrainer(Dataset dataset, SeedIndex seeds, TrainedModel trained, ItemContent content, long time) {
        this.dataset = dataset;
        this.content = content;
        int[] warm = Arrays.stream(seeds.pool(trained.options().minSeeds(), time))
                .filter(content::isKnown)
                .toArray();
        SeedBlock[] blocks = BlockSeeds.of(
                        seeds, trained.embedder(), warm, time, trained.options().maxSeeds())
                .seedBlocks(trained.model(), dataset, trained.options().clusters());
        this.items = IntStream.range(0, warm.length)
                .filter(place -> length(blocks[place].global()) > 0)
                .map(place -> warm[place])
                .toArray();
        this.targets = Arrays.stream(blocks)
                .map(SeedBlock::global)
                .filter(global -> length(global) > 0)
                .map(ContentTrainer::scaled)
                .toArray(float[][]::new);
    }

    /**
     * A fitted model.
     *
     * @param weights its weights, fitted to all items
     * @param items how many items it was fitted to
     * @param l2 the penalty that was best
     * @param cosine mean cosine, with that penalty, between pseudo-seed and global embedding of items not fitted to
     */
    record Fit(ContentWeights weights, int items, double l2, double cosine) {}

    /**
     * Fits a model to some of the items.
     *
     * @param chosen which
     * @return empty if they are too few to learn from
     */
    Optional<Fit> fit(IntPredicate chosen) {
        int[] all = IntStream.range(0, items.length)
                .filter(place -> chosen.test(items[place]))
                .toArray();
        int[] heldOut = Arrays.stream(all).filter(this::isHeldOut).toArray();
        int[] others =
                Arrays.stream(all).filter(place -> isHeldOut(place) == false).toArray();
        if (all.length < FEWEST_ITEMS || heldOut.length == 0) {
            return Optional.empty();
        }
        double best = PENALTIES[0];
        double bestCosine = Double.NEGATIVE_INFINITY;
        for (double l2 : PENALTIES) {
            double cosine = cosine(weights(others, l2).model(), heldOut);
            if (cosine > bestCosine) {
                best = l2;
                bestCosine = cosine;
            }
        }
        return Optional.of(new Fit(weights(all, best), all.length, best, bestCosine));
    }

    /** The share of items by which the penalty is chosen; another hash than the one by which items are hidden. */
    private boolean isHeldOut(int place) {
        return Murmur3.share("held out " + dataset.items().name(items[place]), PARTS) == 0;
    }

    private ContentWeights weights(int[] places, double l2) {
        return ContentWeights.fit(
                content.form(),
                Arrays.stream(places)
                        .mapToObj(place -> content.features(items[place]))
                        .toArray(ContentFeatures[]::new),
                Arrays.stream(places).mapToObj(place -> targets[place]).toArray(float[][]::new),
                l2);
    }

    private double cosine(ContentModel model, int[] places) {
        double sum = 0;
        for (int place : places) {
            float[] target = targets[place];
            sum += model.pseudoSeed(content.features(items[place]))
                    .map(seed -> dot(seed, target))
                    .orElse(0.0);
        }
        return sum / places.length;
    }

    private static float[] scaled(float[] vector) {
        double length = length(vector);
        float[] scaled = new float[vector.length];
        for (int d = 0; d < scaled.length; d++) {
            scaled[d] = (float) (vector[d] / length);
        }
        return scaled;
    }

    private static double length(float[] vector) {
        return Math.sqrt(dot(vector, vector));
    }

    private static double dot(float[] left, float[] right) {
        double dot = 0;
        for (int d = 0; d < left.length; d++) {
            dot += (double) left[d] * right[d];
        }
        return dot;
    }
}
