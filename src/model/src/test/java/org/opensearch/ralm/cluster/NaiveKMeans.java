package org.opensearch.ralm.cluster;

import java.util.Arrays;

/** Lloyd's algorithm as one would write it down: all in double precision, every point against every centroid. */
final class NaiveKMeans {

    final double[][] centroids;
    final int[] assignments;
    double inertia;

    NaiveKMeans(double[][] points, double[][] start, int maxIterations) {
        this.centroids = start;
        this.assignments = new int[points.length];
        double before = Double.MAX_VALUE;
        for (int iteration = 0; iteration < maxIterations; iteration++) {
            assign(points);
            moveToMeans(points);
            if (before - inertia <= 1e-4 * inertia) {
                break;
            }
            before = inertia;
        }
        inertia = 0;
        for (int i = 0; i < points.length; i++) {
            inertia += squaredDistance(points[i], centroids[assignments[i]]);
        }
    }

    private void assign(double[][] points) {
        inertia = 0;
        for (int i = 0; i < points.length; i++) {
            for (int c = 0; c < centroids.length; c++) {
                if (squaredDistance(points[i], centroids[c]) < squaredDistance(points[i], centroids[assignments[i]])) {
                    assignments[i] = c;
                }
            }
            inertia += squaredDistance(points[i], centroids[assignments[i]]);
        }
    }

    private void moveToMeans(double[][] points) {
        for (int c = 0; c < centroids.length; c++) {
            double[] sum = new double[centroids[c].length];
            int members = 0;
            for (int i = 0; i < points.length; i++) {
                if (assignments[i] == c) {
                    members++;
                    for (int d = 0; d < sum.length; d++) {
                        sum[d] += points[i][d];
                    }
                }
            }
            if (members > 0) {
                int size = members;
                centroids[c] = Arrays.stream(sum).map(value -> value / size).toArray();
            }
        }
    }

    static double squaredDistance(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (a[d] - b[d]) * (a[d] - b[d]);
        }
        return sum;
    }

    static double[][] rows(float[] values, int dimension) {
        double[][] rows = new double[values.length / dimension][dimension];
        for (int i = 0; i < values.length; i++) {
            rows[i / dimension][i % dimension] = values[i];
        }
        return rows;
    }
}
