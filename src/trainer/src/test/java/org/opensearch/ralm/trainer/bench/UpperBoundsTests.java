package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.Clusters;

class UpperBoundsTests {

    private static final int DIMENSION = 8;
    private static final double ROUNDING = 1e-6;

    private final Random random = new Random(3);

    @Test
    void noBoundIsBelowALocalCosineThatSomeClosenessGives() {
        for (LookalikeForm form : new LookalikeForm[] {LookalikeForm.DEFAULT, LookalikeForm.PAPER}) {
            for (int round = 0; round < 500; round++) {
                Clusters clusters = clusters(1 + random.nextInt(10), 0.2 + random.nextDouble());
                UpperBounds bounds = new UpperBounds(block(clusters), form);
                double[] user = user(clusters);
                double cone = bounds.cone(bounds.global(user));
                double ball = bounds.ball(user);
                double after = bounds.afterProducts(user);
                for (int t = 0; t < 50; t++) {
                    double local = local(user, clusters, form);
                    assertTrue(local <= cone + ROUNDING, () -> "cone " + cone + " below " + local);
                    assertTrue(local <= ball + ROUNDING, () -> "ball " + ball + " below " + local);
                    assertTrue(local <= after + ROUNDING, () -> "after the products " + after + " below " + local);
                }
            }
        }
    }

    @Test
    void allBoundsOfASingleClusterAreItsCosine() {
        Clusters clusters = clusters(1, 0.5);
        UpperBounds bounds = new UpperBounds(block(clusters), LookalikeForm.DEFAULT);
        double[] user = user(clusters);
        double local = local(user, clusters, LookalikeForm.DEFAULT);
        assertEquals(local, bounds.cone(bounds.global(user)), ROUNDING);
        assertEquals(local, bounds.ball(user), ROUNDING);
        assertEquals(Math.max(0, local), bounds.afterProducts(user), ROUNDING);
    }

    /** The cosine with the mixture that some closeness in [-1, 1] of each cluster, often an extreme one, gives. */
    private double local(double[] user, Clusters clusters, LookalikeForm form) {
        double[] mixture = new double[DIMENSION];
        for (int j = 0; j < clusters.count(); j++) {
            double closeness = random.nextBoolean() ? 2 * random.nextDouble() - 1 : random.nextBoolean() ? 1 : -1;
            double weight = Math.exp(form.localTemperature() * closeness)
                    * Math.pow(clusters.sizes()[j], form.localSizeWeight());
            for (int d = 0; d < DIMENSION; d++) {
                mixture[d] += weight * clusters.centroid(j)[d];
            }
        }
        return product(user, mixture) / Math.sqrt(product(user, user) * product(mixture, mixture));
    }

    private Clusters clusters(int count, double spread) {
        float[] centroids = new float[count * DIMENSION];
        for (int i = 0; i < centroids.length; i++) {
            centroids[i] = (float) ((i % DIMENSION == 0 ? 1 : 0) + spread * random.nextGaussian());
        }
        return new Clusters(DIMENSION, centroids, random.ints(count, 1, 100).toArray());
    }

    private SeedBlock block(Clusters clusters) {
        float[] global = new float[DIMENSION];
        for (int j = 0; j < clusters.count(); j++) {
            float weight = random.nextFloat() + 0.1f;
            for (int d = 0; d < DIMENSION; d++) {
                global[d] += weight * clusters.centroid(j)[d];
            }
        }
        return new SeedBlock(1, clusters, global);
    }

    /** A unit vector, often near some of the clusters, where bounds are put to the test. */
    private double[] user(Clusters clusters) {
        double[] user = new double[DIMENSION];
        float[] near = clusters.centroid(random.nextInt(clusters.count()));
        for (int d = 0; d < DIMENSION; d++) {
            user[d] = near[d] + random.nextDouble() * random.nextGaussian();
        }
        double length = Math.sqrt(product(user, user));
        for (int d = 0; d < DIMENSION; d++) {
            user[d] /= length;
        }
        return user;
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
