package org.opensearch.ralm.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Lloyd's k-means with k-means++ seeding, warm start and repair of empty clusters.
 *
 * <p>The result is a function of the points, their weights, the start and the seed: no clock and no threads take
 * part. Where there are fewer distinct points than clusters, there are as many clusters as distinct points. The
 * paper's section 4.2.3 (Euclidean k-means, centroid = mean of the members). A run takes about as much memory as its
 * points.
 *
 * <p>Immutable, safe for use by several threads.
 *
 * @param clusters how many clusters to look for, at least 1
 * @param maxIterations how many times the points are assigned at most, at least 1
 * @param seed makes the choice of the first centroids repeatable
 */
public record KMeans(int clusters, int maxIterations, long seed) {

    /** Below this the squared distance of two points is finite in single precision. */
    public static final double MAX_LENGTH = 9e18;

    /** How many points one stands for where the search begins with fewer. */
    private static final int NEIGHBOURS = 8;

    /** With fewer of these groups a cluster the search begins with all points. */
    private static final int FEWEST_NEIGHBOURHOODS = 100;

    /** Checks the options. */
    public KMeans {
        if (clusters < 1) {
            throw new IllegalArgumentException("k must be at least 1, but is " + clusters);
        }
        if (maxIterations < 1) {
            throw new IllegalArgumentException("the number of iterations must be at least 1, but is " + maxIterations);
        }
    }

    /** Clusters points that all count once, from a k-means++ start. */
    public Clustering cluster(float[] points, int dimension) {
        return cluster(points, dimension, null, null);
    }

    /**
     * Clusters points.
     *
     * @param points n × dimension values, row after row, all finite; n at least 1
     * @param dimension the width of a point
     * @param weights how many times each point counts, each at least 1, their sum below 2³¹; null if all count once
     * @param warmStart centroids to begin from, of which the first k are used, and k-means++ adds what is missing; null
     *     for k-means++ alone
     */
    public Clustering cluster(float[] points, int dimension, int[] weights, Clusters warmStart) {
        if (dimension < 1 || points.length == 0 || points.length % dimension != 0) {
            throw new IllegalArgumentException(
                    points.length + " values are not one or more points of dimension " + dimension);
        }
        if (warmStart != null && warmStart.dimension() != dimension) {
            throw new IllegalArgumentException("the start has dimension " + warmStart.dimension()
                    + ", but the points have dimension " + dimension);
        }
        int count = points.length / dimension;
        int[] weightOf = weights == null ? ones(count) : weights;
        requireWeights(weightOf, count);
        requireLengths("point", points, dimension);
        float[] start = warmStart == null ? new float[0] : warmStart.centroids();
        requireLengths("centroid to start from", start, dimension);
        if (start.length == 0 && count / NEIGHBOURS >= FEWEST_NEIGHBOURHOODS * (long) clusters) {
            start = startOfMany(points, dimension, weightOf);
        }
        PointBlocks blocks = new PointBlocks(points, dimension);
        float[] centroids = new KMeansPlusPlus(points, blocks, dimension, weightOf, new SplittableRandom(seed))
                .choose(clusters, start);
        return new Lloyd(points, blocks, dimension, weightOf, centroids).search(maxIterations);
    }

    /** The centroids of one point out of each group of neighbours: from there the search takes a few iterations only. */
    private float[] startOfMany(float[] points, int dimension, int[] weights) {
        int count = weights.length / NEIGHBOURS;
        float[] few = new float[count * dimension];
        int[] weightsOfFew = new int[count];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < count; i++) {
            int point = i * NEIGHBOURS + random.nextInt(NEIGHBOURS);
            System.arraycopy(points, point * dimension, few, i * dimension, dimension);
            weightsOfFew[i] = weights[point];
        }
        return cluster(few, dimension, weightsOfFew, null).clusters().centroids();
    }

    private static int[] ones(int count) {
        int[] ones = new int[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private static void requireWeights(int[] weights, int count) {
        if (weights.length != count) {
            throw new IllegalArgumentException(count + " points have " + weights.length + " weights");
        }
        long sum = 0;
        for (int weight : weights) {
            if (weight < 1) {
                throw new IllegalArgumentException("the weight of a point must be at least 1, but is " + weight);
            }
            sum += weight;
        }
        if (sum > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "the weights of all points must not exceed " + Integer.MAX_VALUE + ", but sum up to " + sum);
        }
    }

    private static void requireLengths(String what, float[] rows, int dimension) {
        if (largest(rows) * Math.sqrt(dimension) < MAX_LENGTH) {
            return;
        }
        for (int row = 0; row < rows.length / dimension; row++) {
            double length = length(Arrays.copyOfRange(rows, row * dimension, (row + 1) * dimension));
            if ((length < MAX_LENGTH) == false) {
                throw new IllegalArgumentException(
                        what + " " + row + " has length " + length + ", expected a finite one below " + MAX_LENGTH);
            }
        }
    }

    /** The length of a vector; not below {@link #MAX_LENGTH} if it is too long to compute with, or not finite. */
    public static double length(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }

    /** The largest absolute value; NaN if there is one. */
    private static float largest(float[] values) {
        float largest = 0;
        for (float value : values) {
            largest = Math.max(largest, Math.abs(value));
        }
        return largest;
    }
}
