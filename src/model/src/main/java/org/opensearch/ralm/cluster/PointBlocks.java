package org.opensearch.ralm.cluster;

import java.util.Arrays;

/**
 * A copy of the points in blocks of {@value #WIDTH}, each cut into tiles of {@value #DEPTH} dimensions: a tile holds the
 * first of these values of all its points, then their second values, and so on.
 *
 * <p>The loop over the points of a tile vectorizes: every value it takes lies at a constant distance from its counter, so
 * that the compiler can prove that no sum it writes is a value it reads later. With a variable distance, as a block of
 * all dimensions in one array has it, it computes one point after the other and takes six times as long.
 */
final class PointBlocks {

    /** How many points a block holds at most. */
    static final int WIDTH = 256;

    private static final int DEPTH = 4;

    private final int points;
    private final int dimension;
    private final float[][][] blocks;

    PointBlocks(float[] points, int dimension) {
        this.points = points.length / dimension;
        this.dimension = dimension;
        this.blocks = new float[(this.points + WIDTH - 1) / WIDTH][(dimension + DEPTH - 1) / DEPTH][DEPTH * WIDTH];
        for (int i = 0; i < this.points; i++) {
            float[][] tiles = blocks[i / WIDTH];
            for (int d = 0; d < dimension; d++) {
                tiles[d / DEPTH][d % DEPTH * WIDTH + i % WIDTH] = points[i * dimension + d];
            }
        }
    }

    int count() {
        return blocks.length;
    }

    /** The number of a block's first point. */
    int first(int block) {
        return block * WIDTH;
    }

    /** How many points a block holds. */
    int size(int block) {
        return Math.min(WIDTH, points - first(block));
    }

    /**
     * The squared distances of a block's points to one centroid.
     *
     * @param centroids where the centroid lies, from the offset on
     * @param distances takes as many results as the block has points
     */
    void squaredDistances(int block, float[] centroids, int offset, float[] distances) {
        int size = size(block);
        Arrays.fill(distances, 0, size, 0);
        float[] part = new float[DEPTH];
        for (int tile = 0; tile < blocks[block].length; tile++) {
            int first = tile * DEPTH;
            int depth = Math.min(DEPTH, dimension - first);
            System.arraycopy(centroids, offset + first, part, 0, depth);
            Arrays.fill(part, depth, DEPTH, 0);
            addTile(blocks[block][tile], part[0], part[1], part[2], part[3], distances, size);
        }
    }

    private static void addTile(
            float[] tile, float first, float second, float third, float fourth, float[] distances, int size) {
        for (int i = 0; i < size; i++) {
            float a = tile[i] - first;
            float b = tile[WIDTH + i] - second;
            float c = tile[2 * WIDTH + i] - third;
            float d = tile[3 * WIDTH + i] - fourth;
            distances[i] += a * a + b * b + c * c + d * d;
        }
    }
}
