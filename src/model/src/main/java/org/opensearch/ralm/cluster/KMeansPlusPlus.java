package org.opensearch.ralm.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The choice of first centroids: points drawn by weight times squared distance to the centroids already chosen, of
 * several draws the one that brings all points nearest (k-means++ and its greedy form, Arthur and Vassilvitskii 2007).
 * Not safe for use by several threads.
 */
final class KMeansPlusPlus {

    private static final int DRAWS = 4;

    private final float[] points;
    private final PointBlocks blocks;
    private final int dimension;
    private final int[] weights;
    private final SplittableRandom random;

    KMeansPlusPlus(float[] points, PointBlocks blocks, int dimension, int[] weights, SplittableRandom random) {
        this.points = points;
        this.blocks = blocks;
        this.dimension = dimension;
        this.weights = weights;
        this.random = random;
    }

    /**
     * Chooses centroids.
     *
     * @param clusters how many, at most; fewer if there are not as many distinct points
     * @param start centroids that are chosen already, row after row; as many of them as there may be are kept
     */
    float[] choose(int clusters, float[] start) {
        int most = Math.min(clusters, weights.length);
        int count = Math.min(most, start.length / dimension);
        float[] chosen = Arrays.copyOf(start, most * dimension);
        if (count == most) {
            return chosen;
        }
        Choice last = choice(start, count);
        while (count < most && last.total > 0) {
            last = count == 0 ? drawn(last) : bestDrawn(last);
            System.arraycopy(points, last.point * dimension, chosen, count * dimension, dimension);
            count++;
        }
        return Arrays.copyOf(chosen, count * dimension);
    }

    /** A state of the choice: how far the points are from the nearest centroid, with the point chosen last. */
    private record Choice(int point, float[] distances, double total) {}

    private Choice choice(float[] start, int count) {
        float[] distances = new float[weights.length];
        // As long as there is no centroid, all points are equally far, and the draw goes by weight alone.
        Arrays.fill(distances, Float.MAX_VALUE);
        for (int c = 0; c < count; c++) {
            approach(start, c * dimension, distances);
        }
        return new Choice(-1, distances, total(distances));
    }

    private Choice bestDrawn(Choice last) {
        Choice best = drawn(last);
        for (int i = 1; i < DRAWS; i++) {
            Choice other = drawn(last);
            best = other.total < best.total ? other : best;
        }
        return best;
    }

    /** Draws a point that lies on no centroid; there must be one. */
    private Choice drawn(Choice last) {
        double target = random.nextDouble() * last.total;
        int drawn = -1;
        for (int i = 0; i < weights.length && target >= 0; i++) {
            if (last.distances[i] > 0) {
                drawn = i;
                target -= (double) weights[i] * last.distances[i];
            }
        }
        float[] distances = last.distances.clone();
        approach(points, drawn * dimension, distances);
        return new Choice(drawn, distances, total(distances));
    }

    /** Takes one more centroid into the distances. */
    private void approach(float[] centroids, int offset, float[] distances) {
        float[] ofBlock = new float[PointBlocks.WIDTH];
        for (int block = 0; block < blocks.count(); block++) {
            blocks.squaredDistances(block, centroids, offset, ofBlock);
            int first = blocks.first(block);
            for (int i = 0; i < blocks.size(block); i++) {
                distances[first + i] = Math.min(distances[first + i], ofBlock[i]);
            }
        }
    }

    private double total(float[] distances) {
        double total = 0;
        for (int i = 0; i < distances.length; i++) {
            total += (double) weights[i] * distances[i];
        }
        return total;
    }
}
