package org.opensearch.ralm.cluster;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Lloyd's k-means with k-means++ seeding, warm start and repair of empty clusters.
 *
 * <p>The result is a function of the points, their weights, the start and the seed: no clock and no threads take
 * part. Where there are fewer distinct points than clusters, there are as many clusters as distinct points. The
 * paper's section 4.2.3 (Euclidean k-means, centroid = mean of the members).
 *
 * <p>Immutable, safe for use by several threads.
 *
 * @param clusters how many clusters to look for, at least 1
 * @param maxIterations how many times the points are assigned at most, at least 1
 * @param seed makes the choice of the first centroids repeatable
 */
public record KMeans(int clusters, int maxIterations, long seed) {

    /** Inertia that improves by less than this share ends the search. */
    private static final double TOLERANCE = 1e-4;

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
     * @param weights how many times each point counts, each at least 1; null if all count once
     * @param warmStart centroids to begin from; null for k-means++
     */
    public Clustering cluster(float[] points, int dimension, int[] weights, Clusters warmStart) {
        if (dimension < 1 || points.length == 0 || points.length % dimension != 0) {
            throw new IllegalArgumentException(
                    points.length + " values are not one or more points of dimension " + dimension);
        }
        int count = points.length / dimension;
        int[] weightOf = weights == null ? ones(count) : weights;
        if (weightOf.length != count) {
            throw new IllegalArgumentException(count + " points have " + weightOf.length + " weights");
        }
        return new Run(points, dimension, weightOf, firstCentroids(points, dimension, weightOf, warmStart)).search();
    }

    private static int[] ones(int count) {
        int[] ones = new int[count];
        Arrays.fill(ones, 1);
        return ones;
    }

    private float[] firstCentroids(float[] points, int dimension, int[] weights, Clusters warmStart) {
        Seeding seeding = new Seeding(points, dimension, weights, new SplittableRandom(seed));
        if (warmStart != null) {
            if (warmStart.dimension() != dimension) {
                throw new IllegalArgumentException("the start has dimension " + warmStart.dimension()
                        + ", but the points have dimension " + dimension);
            }
            seeding.begin(warmStart.centroids(), Math.min(warmStart.count(), clusters));
        }
        return seeding.fill(clusters);
    }

    /** The choice of first centroids: each next one is drawn by its squared distance to those already there. */
    private static final class Seeding {

        private final float[] points;
        private final int dimension;
        private final int[] weights;
        private final SplittableRandom random;
        private final double[] distances;
        private float[] chosen = new float[0];

        Seeding(float[] points, int dimension, int[] weights, SplittableRandom random) {
            this.points = points;
            this.dimension = dimension;
            this.weights = weights;
            this.random = random;
            this.distances = new double[weights.length];
            Arrays.fill(distances, 1);
        }

        void begin(float[] centroids, int count) {
            Arrays.fill(distances, Double.MAX_VALUE);
            for (int c = 0; c < count; c++) {
                add(centroids, c * dimension);
            }
        }

        float[] fill(int clusters) {
            while (chosen.length < clusters * dimension) {
                int next = draw();
                if (next < 0) {
                    break;
                }
                if (chosen.length == 0) {
                    Arrays.fill(distances, Double.MAX_VALUE);
                }
                add(points, next * dimension);
            }
            return chosen;
        }

        private void add(float[] source, int offset) {
            chosen = Arrays.copyOf(chosen, chosen.length + dimension);
            System.arraycopy(source, offset, chosen, chosen.length - dimension, dimension);
            for (int i = 0; i < distances.length; i++) {
                distances[i] =
                        Math.min(distances[i], squaredDistance(points, i * dimension, source, offset, dimension));
            }
        }

        /** A point drawn by weight times distance; -1 when every point is already a centroid. */
        private int draw() {
            double total = 0;
            for (int i = 0; i < distances.length; i++) {
                total += weights[i] * distances[i];
            }
            if (total <= 0) {
                return -1;
            }
            double target = random.nextDouble() * total;
            int last = -1;
            for (int i = 0; i < distances.length; i++) {
                if (distances[i] > 0) {
                    last = i;
                    target -= weights[i] * distances[i];
                    if (target < 0) {
                        break;
                    }
                }
            }
            return last;
        }
    }

    private static double squaredDistance(float[] a, int aOffset, float[] b, int bOffset, int dimension) {
        double sum = 0;
        for (int d = 0; d < dimension; d++) {
            double difference = (double) a[aOffset + d] - b[bOffset + d];
            sum += difference * difference;
        }
        return sum;
    }

    /** Lloyd's iterations over one set of points. */
    private final class Run {

        private final float[] points;
        private final int dimension;
        private final int[] weights;
        private final int count;
        private final float[] centroids;
        private final int[] assignments;
        private final double[] distances;
        private final long[] sizes;

        Run(float[] points, int dimension, int[] weights, float[] centroids) {
            this.points = points;
            this.dimension = dimension;
            this.weights = weights;
            this.centroids = centroids;
            this.count = centroids.length / dimension;
            this.assignments = new int[weights.length];
            this.distances = new double[weights.length];
            this.sizes = new long[count];
        }

        Clustering search() {
            double inertia = Double.MAX_VALUE;
            int iterations = 0;
            boolean improving = true;
            while (improving && iterations < maxIterations) {
                double next = assign();
                iterations++;
                improving = inertia - next > TOLERANCE * next;
                inertia = next;
                repairEmptyClusters();
                moveToMeans();
            }
            return new Clustering(clustersFound(), assignments, inertiaAroundMeans(), iterations);
        }

        /** Assigns each point to its nearest centroid and returns the inertia around the centroids as they were. */
        private double assign() {
            float[] transposed = transpose();
            float[] halfNorms = halfSquaredNorms();
            float[] products = new float[count];
            double inertia = 0;
            for (int i = 0; i < assignments.length; i++) {
                multiply(i * dimension, transposed, products);
                int nearest = 0;
                float best = Float.NEGATIVE_INFINITY;
                for (int c = 0; c < count; c++) {
                    float closeness = products[c] - halfNorms[c];
                    if (closeness > best) {
                        best = closeness;
                        nearest = c;
                    }
                }
                assignments[i] = nearest;
                distances[i] = squaredDistance(points, i * dimension, centroids, nearest * dimension, dimension);
                inertia += weights[i] * distances[i];
            }
            return inertia;
        }

        /** The products of a point with all centroids; the inner loop runs over clusters, so that it vectorizes. */
        private void multiply(int offset, float[] transposed, float[] products) {
            Arrays.fill(products, 0);
            for (int d = 0; d < dimension; d++) {
                float value = points[offset + d];
                int row = d * count;
                for (int c = 0; c < products.length; c++) {
                    products[c] += value * transposed[row + c];
                }
            }
        }

        private float[] transpose() {
            float[] transposed = new float[centroids.length];
            for (int c = 0; c < count; c++) {
                for (int d = 0; d < dimension; d++) {
                    transposed[d * count + c] = centroids[c * dimension + d];
                }
            }
            return transposed;
        }

        private float[] halfSquaredNorms() {
            float[] norms = new float[count];
            for (int c = 0; c < count; c++) {
                double sum = 0;
                for (int d = 0; d < dimension; d++) {
                    double value = centroids[c * dimension + d];
                    sum += value * value;
                }
                norms[c] = (float) (sum / 2);
            }
            return norms;
        }

        /** Gives each empty cluster the point that lies farthest from its centroid, where one lies off it at all. */
        private void repairEmptyClusters() {
            countMembers();
            for (int c = 0; c < count; c++) {
                if (sizes[c] == 0) {
                    int farthest = farthestPointOfALargerCluster();
                    if (farthest >= 0) {
                        sizes[assignments[farthest]] -= weights[farthest];
                        assignments[farthest] = c;
                        sizes[c] = weights[farthest];
                        distances[farthest] = 0;
                    }
                }
            }
        }

        private void countMembers() {
            Arrays.fill(sizes, 0);
            for (int i = 0; i < assignments.length; i++) {
                sizes[assignments[i]] += weights[i];
            }
        }

        private int farthestPointOfALargerCluster() {
            int farthest = -1;
            double best = 0;
            for (int i = 0; i < assignments.length; i++) {
                if (distances[i] > best && sizes[assignments[i]] > weights[i]) {
                    best = distances[i];
                    farthest = i;
                }
            }
            return farthest;
        }

        private void moveToMeans() {
            double[] sums = new double[centroids.length];
            for (int i = 0; i < assignments.length; i++) {
                int target = assignments[i] * dimension;
                int source = i * dimension;
                for (int d = 0; d < dimension; d++) {
                    sums[target + d] += (double) weights[i] * points[source + d];
                }
            }
            for (int c = 0; c < count; c++) {
                for (int d = 0; sizes[c] > 0 && d < dimension; d++) {
                    centroids[c * dimension + d] = (float) (sums[c * dimension + d] / sizes[c]);
                }
            }
        }

        private double inertiaAroundMeans() {
            double inertia = 0;
            for (int i = 0; i < assignments.length; i++) {
                inertia += weights[i]
                        * squaredDistance(points, i * dimension, centroids, assignments[i] * dimension, dimension);
            }
            return inertia;
        }

        /** Drops clusters that stayed empty, which happens only when the points left to give are all on a centroid. */
        private Clusters clustersFound() {
            int[] renamed = new int[count];
            int kept = 0;
            for (int c = 0; c < count; c++) {
                if (sizes[c] > 0) {
                    System.arraycopy(centroids, c * dimension, centroids, kept * dimension, dimension);
                    sizes[kept] = sizes[c];
                    renamed[c] = kept++;
                }
            }
            for (int i = 0; i < assignments.length; i++) {
                assignments[i] = renamed[assignments[i]];
            }
            int[] keptSizes = new int[kept];
            for (int c = 0; c < kept; c++) {
                keptSizes[c] = Math.toIntExact(sizes[c]);
            }
            return new Clusters(dimension, Arrays.copyOf(centroids, kept * dimension), keptSizes);
        }
    }
}
