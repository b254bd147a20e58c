package org.opensearch.ralm.trainer.bench;

import java.util.Arrays;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.Clusters;

/**
 * What the cosine of any user and a candidate's local embedding L = Σ a_j c_j is at most, by less than is needed to
 * compute it. All bounds are exact; the weights a are softmax(τ·t_j + λ·log n_j) for some t_j in [-1, 1].
 */
final class UpperBounds {

    private final Clusters clusters;
    private final double[] priors;
    private final double largestTilt;
    private final double[] global;
    private final double halfAngle;
    private final double leastLength;
    private final double[] mean;
    private final double meanHalfAngle;

    UpperBounds(SeedBlock block, LookalikeForm form) {
        this.clusters = block.clusters();
        this.priors = priors(clusters, form.localSizeWeight());
        this.largestTilt = Math.exp(2 * form.localTemperature());
        this.global = unit(doubles(block.global()));
        this.halfAngle = halfAngle();
        this.leastLength = leastLength();
        this.mean = mean();
        double length = length(mean);
        double radius = Math.tanh(form.localTemperature() / 2) * diameter();
        this.meanHalfAngle = radius < length ? Math.asin(radius / length) : Math.PI;
    }

    /** g, the cosine of a user and the global embedding. */
    double global(double[] user) {
        return product(user, global);
    }

    /** By g alone: L is a mixture of the centroids, so it lies in a cone around the global embedding that holds them. */
    double cone(double g) {
        return halfAngle < Math.PI / 2 ? within(g, halfAngle) : 1;
    }

    /**
     * By one more product: no weights are further from those of equal closeness than tanh(τ/2) in total variation, so L
     * lies in a ball around their mixture.
     */
    double ball(double[] user) {
        return meanHalfAngle < Math.PI ? within(product(user, mean) / length(mean), meanHalfAngle) : 1;
    }

    /**
     * By the products with all centroids, which are half of the work: the largest that weights can make of Σ a_j y_j, by
     * a tilt towards the largest y_j, over the least length that L can have.
     */
    double afterProducts(double[] user) {
        int count = clusters.count();
        double[] y = new double[count];
        Integer[] order = new Integer[count];
        double weighted = 0;
        double weight = 0;
        for (int j = 0; j < count; j++) {
            y[j] = product(user, doubles(clusters.centroid(j)));
            order[j] = j;
            weighted += priors[j] * y[j];
            weight += priors[j];
        }
        Arrays.sort(order, (i, j) -> Double.compare(y[j], y[i]));
        double largest = weighted / weight;
        for (int j : order) {
            weighted += (largestTilt - 1) * priors[j] * y[j];
            weight += (largestTilt - 1) * priors[j];
            largest = Math.max(largest, weighted / weight);
        }
        return largest <= 0 ? 0 : leastLength > 0 ? Math.min(1, largest / leastLength) : 1;
    }

    private double halfAngle() {
        double largest = 0;
        for (int j = 0; j < clusters.count(); j++) {
            largest = Math.max(largest, Math.acos(clamp(product(unit(doubles(clusters.centroid(j))), global))));
        }
        return largest;
    }

    /** L is no shorter than its projection on the global embedding's direction, which is a mixture of the centroids'. */
    private double leastLength() {
        double least = Double.MAX_VALUE;
        for (int j = 0; j < clusters.count(); j++) {
            least = Math.min(least, product(doubles(clusters.centroid(j)), global));
        }
        return least;
    }

    private double[] mean() {
        double[] sum = new double[clusters.dimension()];
        double weight = 0;
        for (int j = 0; j < clusters.count(); j++) {
            float[] centroid = clusters.centroid(j);
            for (int d = 0; d < sum.length; d++) {
                sum[d] += priors[j] * centroid[d];
            }
            weight += priors[j];
        }
        for (int d = 0; d < sum.length; d++) {
            sum[d] /= weight;
        }
        return sum;
    }

    private double diameter() {
        double largest = 0;
        for (int i = 0; i < clusters.count(); i++) {
            for (int j = 0; j < i; j++) {
                double squares = 0;
                for (int d = 0; d < clusters.dimension(); d++) {
                    double difference = clusters.centroid(i)[d] - clusters.centroid(j)[d];
                    squares += difference * difference;
                }
                largest = Math.max(largest, Math.sqrt(squares));
            }
        }
        return largest;
    }

    private static double[] priors(Clusters clusters, double sizeWeight) {
        double[] priors = new double[clusters.count()];
        for (int j = 0; j < priors.length; j++) {
            priors[j] = Math.pow(clusters.sizes()[j], sizeWeight);
        }
        return priors;
    }

    /** The cosine of the least angle that a vector of a cone can have with one at a given cosine from the axis. */
    private static double within(double cosineToAxis, double halfAngle) {
        return Math.cos(Math.max(0, Math.acos(clamp(cosineToAxis)) - halfAngle));
    }

    private static double clamp(double cosine) {
        return Math.clamp(cosine, -1, 1);
    }

    private static double[] unit(double[] vector) {
        double length = length(vector);
        double[] unit = new double[vector.length];
        for (int d = 0; d < vector.length; d++) {
            unit[d] = length == 0 ? 0 : vector[d] / length;
        }
        return unit;
    }

    private static double length(double[] vector) {
        return Math.sqrt(product(vector, vector));
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    private static double[] doubles(float[] values) {
        double[] doubles = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            doubles[i] = values[i];
        }
        return doubles;
    }
}
