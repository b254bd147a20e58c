package org.opensearch.ralm.cluster;

import java.util.Arrays;

/** Lloyd's iterations over one set of points: assign, repair empty clusters, move to the means. Used once, by one thread. */
final class Lloyd {

    /** Inertia that improves by less than this share ends the search. */
    private static final double TOLERANCE = 1e-4;

    private final float[] points;
    private final PointBlocks blocks;
    private final int dimension;
    private final int[] weights;
    private final int count;
    private final float[] centroids;
    private final int[] assignments;
    private final float[] distances;
    private final int[] sizes;

    /**
     * @param centroids where to begin; moved by the search
     */
    Lloyd(float[] points, PointBlocks blocks, int dimension, int[] weights, float[] centroids) {
        this.points = points;
        this.blocks = blocks;
        this.dimension = dimension;
        this.weights = weights;
        this.centroids = centroids;
        this.count = centroids.length / dimension;
        this.assignments = new int[weights.length];
        this.distances = new float[weights.length];
        this.sizes = new int[count];
    }

    Clustering search(int maxIterations) {
        double inertia = Double.MAX_VALUE;
        int iterations = 0;
        boolean improving = true;
        while (improving && iterations < maxIterations) {
            assign();
            iterations++;
            double next = inertia();
            improving = inertia - next > TOLERANCE * next;
            inertia = next;
            repairEmptyClusters();
            moveToMeans();
        }
        return clustering(iterations);
    }

    /** Assigns each point to its nearest centroid, the first of several. */
    private void assign() {
        float[] candidate = new float[PointBlocks.WIDTH];
        float[] least = new float[PointBlocks.WIDTH];
        int[] nearest = new int[PointBlocks.WIDTH];
        for (int block = 0; block < blocks.count(); block++) {
            Arrays.fill(least, Float.POSITIVE_INFINITY);
            for (int c = 0; c < count; c++) {
                blocks.squaredDistances(block, centroids, c * dimension, candidate);
                for (int i = 0; i < PointBlocks.WIDTH; i++) {
                    nearest[i] = candidate[i] < least[i] ? c : nearest[i];
                    least[i] = Math.min(candidate[i], least[i]);
                }
            }
            System.arraycopy(nearest, 0, assignments, blocks.first(block), blocks.size(block));
            System.arraycopy(least, 0, distances, blocks.first(block), blocks.size(block));
        }
    }

    private double inertia() {
        double inertia = 0;
        for (int i = 0; i < distances.length; i++) {
            inertia += (double) weights[i] * distances[i];
        }
        return inertia;
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
        float best = 0;
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
            double weight = weights[i];
            for (int d = 0; d < dimension; d++) {
                sums[target + d] += weight * points[source + d];
            }
        }
        for (int c = 0; c < count; c++) {
            for (int d = 0; sizes[c] > 0 && d < dimension; d++) {
                centroids[c * dimension + d] = (float) (sums[c * dimension + d] / sizes[c]);
            }
        }
    }

    /** What was found, without clusters that stayed empty because all points to give lie on a centroid. */
    private Clustering clustering(int iterations) {
        double inertia = inertiaAroundMeans();
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
        Clusters clusters =
                new Clusters(dimension, Arrays.copyOf(centroids, kept * dimension), Arrays.copyOf(sizes, kept));
        return new Clustering(clusters, assignments, inertia, iterations);
    }

    private double inertiaAroundMeans() {
        double inertia = 0;
        for (int i = 0; i < assignments.length; i++) {
            inertia += weights[i] * squaredDistance(i * dimension, assignments[i] * dimension);
        }
        return inertia;
    }

    private double squaredDistance(int point, int centroid) {
        double sum = 0;
        for (int d = 0; d < dimension; d++) {
            double difference = (double) points[point + d] - centroids[centroid + d];
            sum += difference * difference;
        }
        return sum;
    }
}
