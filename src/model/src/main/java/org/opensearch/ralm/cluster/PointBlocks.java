package org.opensearch.ralm.cluster;

import java.util.Arrays;

/**
 * A copy of the points in blocks of {@value #WIDTH}. Within a block the first values of all its points come first, then
 * their second values, and so on, so that the loops over the points of a block vectorize; a block of 128 values a point
 * stays in the first-level cache while all centroids pass by.
 */
final class PointBlocks {

    /** How many points a block holds; the last one is filled up with zeros. */
    static final int WIDTH = 64;

    private final int points;
    private final int dimension;
    private final float[][] blocks;

    PointBlocks(float[] points, int dimension) {
        this.points = points.length / dimension;
        this.dimension = dimension;
        this.blocks = new float[(this.points + WIDTH - 1) / WIDTH][];
        for (int block = 0; block < blocks.length; block++) {
            blocks[block] = transposed(points, first(block), size(block));
        }
    }

    int count() {
        return blocks.length;
    }

    /** The number of a block's first point. */
    int first(int block) {
        return block * WIDTH;
    }

    /** How many points of a block are real. */
    int size(int block) {
        return Math.min(WIDTH, points - first(block));
    }

    /**
     * The squared distances of a block's points to one centroid.
     *
     * @param centroids where the centroid lies, from the offset on
     * @param distances takes {@value #WIDTH} results, of which {@link #size} count
     */
    void squaredDistances(int block, float[] centroids, int offset, float[] distances) {
        float[] values = blocks[block];
        Arrays.fill(distances, 0);
        int d = 0;
        for (; d + 4 <= dimension; d += 4) {
            addFour(values, d * WIDTH, centroids, offset + d, distances);
        }
        for (; d < dimension; d++) {
            addOne(values, d * WIDTH, centroids[offset + d], distances);
        }
    }

    /** Four dimensions at once: a quarter of the loads and stores of the sums. */
    private static void addFour(float[] values, int row, float[] centroids, int offset, float[] distances) {
        float first = centroids[offset];
        float second = centroids[offset + 1];
        float third = centroids[offset + 2];
        float fourth = centroids[offset + 3];
        for (int i = 0; i < WIDTH; i++) {
            float a = values[row + i] - first;
            float b = values[row + WIDTH + i] - second;
            float c = values[row + 2 * WIDTH + i] - third;
            float d = values[row + 3 * WIDTH + i] - fourth;
            distances[i] += a * a + b * b + c * c + d * d;
        }
    }

    private static void addOne(float[] values, int row, float centroid, float[] distances) {
        for (int i = 0; i < WIDTH; i++) {
            float difference = values[row + i] - centroid;
            distances[i] += difference * difference;
        }
    }

    private float[] transposed(float[] source, int first, int size) {
        float[] values = new float[dimension * WIDTH];
        for (int i = 0; i < size; i++) {
            for (int d = 0; d < dimension; d++) {
                values[d * WIDTH + i] = source[(first + i) * dimension + d];
            }
        }
        return values;
    }
}
