package org.opensearch.ralm.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The choice of first centroids: points drawn by weight times squared distance to the centroids already chosen (Arthur
 * and Vassilvitskii 2007). Not safe for use by several threads.
 */
final class KMeansPlusPlus {

    private final float[] points;
    private final PointBlocks blocks;
    private final int dimension;
    private final int[] weights;
    private final SplittableRandom random;
    private final float[] distances;
    private final float[] blockDistances = new float[PointBlocks.WIDTH];

    KMeansPlusPlus(float[] points, PointBlocks blocks, int dimension, int[] weights, SplittableRandom random) {
        this.points = points;
        this.blocks = blocks;
        this.dimension = dimension;
        this.weights = weights;
        this.random = random;
        this.distances = new float[weights.length];
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
        // As long as there is no centroid, all points are equally far, and the draw goes by weight alone.
        Arrays.fill(distances, Float.MAX_VALUE);
        for (int c = 0; c < count; c++) {
            approach(chosen, c * dimension);
        }
        for (int next = draw(); count < most && next >= 0; next = draw()) {
            System.arraycopy(points, next * dimension, chosen, count * dimension, dimension);
            approach(points, next * dimension);
            count++;
        }
        return Arrays.copyOf(chosen, count * dimension);
    }

    /** Takes one more centroid into the distances. */
    private void approach(float[] centroids, int offset) {
        for (int block = 0; block < blocks.count(); block++) {
            blocks.squaredDistances(block, centroids, offset, blockDistances);
            int first = blocks.first(block);
            for (int i = 0; i < blocks.size(block); i++) {
                distances[first + i] = Math.min(distances[first + i], blockDistances[i]);
            }
        }
    }

    /** A point that lies on no centroid; -1 when there is none. */
    private int draw() {
        double total = 0;
        for (int i = 0; i < distances.length; i++) {
            total += (double) weights[i] * distances[i];
        }
        double target = random.nextDouble() * total;
        int drawn = -1;
        for (int i = 0; i < distances.length && target >= 0; i++) {
            if (distances[i] > 0) {
                drawn = i;
                target -= (double) weights[i] * distances[i];
            }
        }
        return drawn;
    }
}
