package org.opensearch.ralm.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Greedy k-means++ as one would write it down: in double precision, all distances anew for every draw. */
final class NaiveKMeansPlusPlus {

    private final double[][] points;
    private final SplittableRandom random;

    NaiveKMeansPlusPlus(double[][] points, SplittableRandom random) {
        this.points = points;
        this.random = random;
    }

    /** The first point is drawn evenly, of four draws each that follows is the one which leaves the least inertia. */
    List<double[]> choose(int clusters) {
        List<double[]> chosen = new ArrayList<>();
        while (chosen.size() < clusters) {
            double[] best = draw(chosen);
            for (int i = 1; i < 4 && chosen.isEmpty() == false; i++) {
                double[] other = draw(chosen);
                best = inertia(chosen, other) < inertia(chosen, best) ? other : best;
            }
            chosen.add(best);
        }
        return chosen;
    }

    private double[] draw(List<double[]> chosen) {
        double target = random.nextDouble() * inertia(chosen, null);
        int drawn = -1;
        while (target >= 0) {
            target -= distance(points[++drawn], chosen);
        }
        return points[drawn];
    }

    private double inertia(List<double[]> chosen, double[] another) {
        List<double[]> all = new ArrayList<>(chosen);
        if (another != null) {
            all.add(another);
        }
        double sum = 0;
        for (double[] point : points) {
            sum += distance(point, all);
        }
        return sum;
    }

    private static double distance(double[] point, List<double[]> centroids) {
        return centroids.stream()
                .mapToDouble(centroid -> NaiveKMeans.squaredDistance(point, centroid))
                .min()
                .orElse(1);
    }
}
