package org.opensearch.ralm.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.block.RandomBlocks;

class KMeansTests {

    @Test
    void theResultIsAFunctionOfTheSeed() {
        float[] points = RandomBlocks.gaussian(new Random(1), 500 * 7);

        Clustering first = new KMeans(9, 50, 42).cluster(points, 7);
        Clustering second = new KMeans(9, 50, 42).cluster(points.clone(), 7);
        Clustering other = new KMeans(9, 50, 43).cluster(points, 7);

        assertEquals(first.clusters(), second.clusters());
        assertArrayEquals(first.assignments(), second.assignments());
        assertEquals(first.inertia(), second.inertia());
        assertEquals(first.iterations(), second.iterations());
        assertNotEquals(first.clusters(), other.clusters());
    }

    /** Numbers of points and widths around the blocks and the unrolled loops. */
    @ParameterizedTest
    @CsvSource({"1, 1, 1", "63, 5, 3", "64, 4, 20", "65, 3, 20", "300, 8, 20", "1000, 17, 128", "129, 128, 2"})
    void inertiaIsThatOfTheNaiveAlgorithmFromTheSameStart(int count, int dimension, int clusters) {
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            float[] points = RandomBlocks.gaussian(random, count * dimension);
            float[] start = Arrays.copyOf(points, Math.min(clusters, count) * dimension);
            int[] ones = ones(start.length / dimension);

            Clustering found = new KMeans(clusters, 30, seed)
                    .cluster(points, dimension, null, new Clusters(dimension, start, ones));

            NaiveKMeans naive =
                    new NaiveKMeans(NaiveKMeans.rows(points, dimension), NaiveKMeans.rows(start, dimension), 30);
            assertEquals(naive.inertia, found.inertia(), 1e-3 * naive.inertia, "seed " + seed);
            assertConsistent(points, ones(count), found, "seed " + seed);
        }
    }

    @Test
    void groupsThatLieApartAreFound() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            float[] points = new float[600 * 2];
            for (int i = 0; i < 600; i++) {
                points[2 * i] = 100 * (i % 3) + (float) random.nextGaussian();
                points[2 * i + 1] = (float) random.nextGaussian();
            }

            Clustering found = new KMeans(3, 50, seed).cluster(points, 2);

            assertArrayEquals(new int[] {200, 200, 200}, found.clusters().sizes(), "seed " + seed);
            for (int i = 3; i < 600; i++) {
                assertEquals(found.assignments()[i - 3], found.assignments()[i], "seed " + seed);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 20", "2, 20", "5, 5", "19, 20", "7, 2147483647"})
    void thereAreAsManyClustersAsDistinctPoints(int distinct, int clusters) {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            float[] values = RandomBlocks.gaussian(random, distinct * 3);
            float[] points = new float[4 * values.length];
            for (int copy = 0; copy < 4; copy++) {
                System.arraycopy(values, 0, points, copy * values.length, values.length);
            }

            Clustering found = new KMeans(clusters, 20, seed).cluster(points, 3);

            assertEquals(distinct, found.clusters().count(), "seed " + seed);
            assertEquals(0, found.inertia(), 1e-12, "seed " + seed);
            assertArrayEquals(filled(distinct, 4), found.clusters().sizes(), "seed " + seed);
        }
    }

    @Test
    void aWeightEqualsAsManyCopiesOfThePoint() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            int[] weights = random.ints(100, 1, 6).toArray();
            float[] points = RandomBlocks.gaussian(random, 100 * 5);
            float[] copies = new float[Arrays.stream(weights).sum() * 5];
            int copy = 0;
            for (int i = 0; i < weights.length; i++) {
                for (int w = 0; w < weights[i]; w++) {
                    System.arraycopy(points, i * 5, copies, 5 * copy++, 5);
                }
            }
            Clusters start = new Clusters(5, Arrays.copyOf(points, 6 * 5), ones(6));
            KMeans kMeans = new KMeans(6, 30, seed);

            Clustering weighted = kMeans.cluster(points, 5, weights, start);
            Clustering repeated = kMeans.cluster(copies, 5, null, start);

            assertArrayEquals(repeated.clusters().sizes(), weighted.clusters().sizes(), "seed " + seed);
            assertArrayEquals(
                    repeated.clusters().centroids(), weighted.clusters().centroids(), 1e-6f, "seed " + seed);
            assertEquals(repeated.inertia(), weighted.inertia(), 1e-6 * repeated.inertia(), "seed " + seed);
            assertConsistent(points, weights, weighted, "seed " + seed);
        }
    }

    @Test
    void theFirstCentroidIsDrawnByWeight() {
        float[] points = {0, 1, 2, 3};
        int[] weights = {1, 1, 1, 1_000_000};
        int heaviest = 0;
        for (long seed = 0; seed < 200; seed++) {
            float[] chosen = new KMeansPlusPlus(
                            points, new PointBlocks(points, 1), 1, weights, new SplittableRandom(seed))
                    .choose(1, new float[0]);
            heaviest += chosen[0] == 3 ? 1 : 0;
        }
        assertTrue(heaviest >= 199, "drawn " + heaviest + " times of 200");
    }

    @Test
    void everyPointIsEquallyLikelyToComeFirst() {
        float[] points = {0, 1, 2, 3};
        int[] drawn = new int[4];
        PointBlocks blocks = new PointBlocks(points, 1);
        for (long seed = 0; seed < 4000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            drawn[(int) new KMeansPlusPlus(points, blocks, 1, ones(4), random).choose(1, new float[0])[0]]++;
        }
        for (int times : drawn) {
            assertEquals(1000, times, 150, Arrays.toString(drawn));
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 3, 10", "300, 5, 20", "50, 1, 4"})
    void firstCentroidsAreThoseOfTheNaiveChoice(int count, int dimension, int clusters) {
        for (long seed = 1; seed <= 20; seed++) {
            float[] points = RandomBlocks.gaussian(new Random(seed), count * dimension);

            float[] chosen = new KMeansPlusPlus(
                            points,
                            new PointBlocks(points, dimension),
                            dimension,
                            ones(count),
                            new SplittableRandom(seed))
                    .choose(clusters, new float[0]);

            List<double[]> naive = new NaiveKMeansPlusPlus(
                            NaiveKMeans.rows(points, dimension), new SplittableRandom(seed))
                    .choose(clusters);
            assertArrayEquals(naive.toArray(double[][]::new), NaiveKMeans.rows(chosen, dimension), "seed " + seed);
        }
    }

    /** So many points that a part of them is clustered first. */
    @Test
    void manyPointsAreClusteredAsWellAsFromAStartAmongAllOfThem() {
        double inertia = 0;
        double fromAll = 0;
        for (long seed = 1; seed <= 10; seed++) {
            Random random = new Random(seed);
            int count = 8 * 100 * 5 + 3;
            float[] points = RandomBlocks.gaussian(random, count * 6);
            KMeans kMeans = new KMeans(5, 50, seed);
            float[] start = new KMeansPlusPlus(
                            points, new PointBlocks(points, 6), 6, ones(count), new SplittableRandom(seed))
                    .choose(5, new float[0]);

            Clustering found = kMeans.cluster(points, 6);

            assertConsistent(points, ones(count), found, "seed " + seed);
            assertEquals(found.clusters(), kMeans.cluster(points, 6).clusters(), "seed " + seed);
            inertia += found.inertia();
            fromAll += kMeans.cluster(points, 6, null, new Clusters(6, start, ones(5)))
                    .inertia();
        }
        assertEquals(fromAll, inertia, 0.01 * fromAll);
    }

    /** Of which the part that is clustered first holds few or none. */
    @Test
    void pointsThatAreRareAmongManyAreFound() {
        for (long seed = 1; seed <= 20; seed++) {
            int count = 8 * 100 * 5;
            float[] points = new float[count];
            Random random = new Random(seed);
            for (int i = 0; i < count; i++) {
                points[i] = i % 2;
            }
            for (int rare = 2; rare <= 4; rare++) {
                points[2 * random.nextInt(count / 6) + (rare - 2) * count / 3] = 10 * rare;
            }

            Clustering found = new KMeans(5, 50, seed).cluster(points, 1);

            assertEquals(5, found.clusters().count(), "seed " + seed);
            assertEquals(0, found.inertia(), "seed " + seed);
        }
    }

    @Test
    void aStartWithoutClustersIsLikeNone() {
        float[] points = RandomBlocks.gaussian(new Random(1), 100 * 3);
        KMeans kMeans = new KMeans(5, 20, 7);

        Clustering found = kMeans.cluster(points, 3, null, new Clusters(3, new float[0], new int[0]));

        assertEquals(kMeans.cluster(points, 3).clusters(), found.clusters());
    }

    @Test
    void aStartAtTheOptimumStaysThere() {
        for (long seed = 1; seed <= 20; seed++) {
            float[] points = RandomBlocks.gaussian(new Random(seed), 200 * 4);
            KMeans kMeans = new KMeans(8, 1000, seed);
            Clusters optimum = converged(kMeans, points);

            Clustering again = kMeans.cluster(points, 4, null, optimum);

            assertEquals(optimum, again.clusters(), "seed " + seed);
            assertEquals(2, again.iterations(), "seed " + seed);
        }
    }

    @Test
    void aStartWithTooFewClustersIsFilledUp() {
        float[] points = RandomBlocks.gaussian(new Random(1), 200 * 4);
        Clusters start = new Clusters(4, Arrays.copyOf(points, 3 * 4), ones(3));

        assertEquals(
                8,
                new KMeans(8, 20, 1).cluster(points, 4, null, start).clusters().count());
        assertEquals(
                2,
                new KMeans(2, 20, 1).cluster(points, 4, null, start).clusters().count());
    }

    @Test
    void emptyClustersAreRepaired() {
        for (long seed = 1; seed <= 20; seed++) {
            float[] points = RandomBlocks.gaussian(new Random(seed), 100 * 2);
            float[] farAway = filled(10, 1e6f);
            Clusters start = new Clusters(2, farAway, ones(5));

            Clustering found = new KMeans(5, 50, seed).cluster(points, 2, null, start);

            assertEquals(5, found.clusters().count(), "seed " + seed);
            assertConsistent(points, ones(100), found, "seed " + seed);
        }
    }

    /** Few distinct points, so that a repair may have nothing to give. */
    @Test
    void aBadStartOverRepeatedPointsLeavesNoEmptyCluster() {
        for (long seed = 1; seed <= 500; seed++) {
            Random random = new Random(seed);
            int distinct = 1 + random.nextInt(5);
            float[] points = new float[30];
            Set<Float> values = new HashSet<>();
            for (int i = 0; i < points.length; i++) {
                points[i] = random.nextInt(distinct);
                values.add(points[i]);
            }
            int wanted = 1 + random.nextInt(8);
            float[] start = RandomBlocks.gaussian(random, 1 + random.nextInt(8));

            Clustering found =
                    new KMeans(wanted, 100, seed).cluster(points, 1, null, new Clusters(1, start, ones(start.length)));

            assertTrue(found.clusters().count() <= Math.min(wanted, values.size()), "seed " + seed);
            assertConsistent(points, ones(30), found, "seed " + seed);
        }
    }

    @Test
    void theOrderOfThePointsDoesNotMatterFromTheSameStart() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            float[] points = RandomBlocks.gaussian(random, 150 * 4);
            Clusters start = new Clusters(4, Arrays.copyOf(points, 6 * 4), ones(6));
            float[] reversed = new float[points.length];
            for (int i = 0; i < 150; i++) {
                System.arraycopy(points, i * 4, reversed, (149 - i) * 4, 4);
            }
            KMeans kMeans = new KMeans(6, 50, seed);

            Clustering forward = kMeans.cluster(points, 4, null, start);
            Clustering backward = kMeans.cluster(reversed, 4, null, start);

            assertArrayEquals(
                    forward.clusters().centroids(), backward.clusters().centroids(), 1e-6f, "seed " + seed);
            for (int i = 0; i < 150; i++) {
                assertEquals(forward.assignments()[i], backward.assignments()[149 - i], "seed " + seed);
            }
        }
    }

    @Test
    void theLargestPointsTakenAreClustered() {
        float[] points = {-8.9e18f, 8.9e18f, -8.8e18f, 8.8e18f};

        Clustering found = new KMeans(2, 10, 1).cluster(points, 1);

        assertArrayEquals(new int[] {2, 2}, found.clusters().sizes());
        assertTrue(Double.isFinite(found.inertia()));
    }

    @Test
    void wrongOptionsAreRefused() {
        assertRefused("k must be at least 1, but is 0", () -> new KMeans(0, 1, 1));
        assertRefused("the number of iterations must be at least 1, but is 0", () -> new KMeans(1, 0, 1));
    }

    @Test
    void wrongPointsAreRefused() {
        KMeans kMeans = new KMeans(2, 10, 1);
        Clusters start = new Clusters(3, new float[3], ones(1));
        int[] heavy = {Integer.MAX_VALUE, 1};

        assertRefused("0 values are not one or more points of dimension 2", () -> kMeans.cluster(new float[0], 2));
        assertRefused("5 values are not one or more points of dimension 2", () -> kMeans.cluster(new float[5], 2));
        assertRefused("5 values are not one or more points of dimension 0", () -> kMeans.cluster(new float[5], 0));
        assertRefused("2 points have 3 weights", () -> kMeans.cluster(new float[4], 2, ones(3), null));
        assertRefused(
                "the weight of a point must be at least 1, but is 0",
                () -> kMeans.cluster(new float[4], 2, new int[2], null));
        assertRefused(
                "the weights of all points must not exceed 2147483647, but sum up to 2147483648",
                () -> kMeans.cluster(new float[4], 2, heavy, null));
        assertRefused(
                "the start has dimension 3, but the points have dimension 2",
                () -> kMeans.cluster(new float[4], 2, null, start));
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void pointsThatAreNotFiniteAreRefused(float value) {
        KMeans kMeans = new KMeans(2, 10, 1);
        double length = Math.abs(value);
        Clusters start = new Clusters(1, new float[] {value}, ones(1));

        assertRefused(
                "point 1 has length " + length + ", expected a finite one below 9.0E18",
                () -> kMeans.cluster(new float[] {0, 0, 1, value}, 2));
        assertRefused(
                "centroid to start from 0 has length " + length + ", expected a finite one below 9.0E18",
                () -> kMeans.cluster(new float[] {0, 1}, 1, null, start));
    }

    /** Runs until a run from the result of the last changes nothing any more. */
    private static Clusters converged(KMeans kMeans, float[] points) {
        Clusters clusters = kMeans.cluster(points, 4).clusters();
        Clusters before = null;
        while (clusters.equals(before) == false) {
            before = clusters;
            clusters = kMeans.cluster(points, 4, null, before).clusters();
        }
        return clusters;
    }

    /** Sizes count the members, centroids are their means and the inertia is the sum of squares around them. */
    private static void assertConsistent(float[] points, int[] weights, Clustering found, String where) {
        Clusters clusters = found.clusters();
        int h = clusters.dimension();
        double[][] rows = NaiveKMeans.rows(points, h);
        double[][] means = new double[clusters.count()][h];
        int[] sizes = new int[clusters.count()];
        for (int i = 0; i < rows.length; i++) {
            int c = found.assignments()[i];
            sizes[c] += weights[i];
            for (int d = 0; d < h; d++) {
                means[c][d] += weights[i] * rows[i][d];
            }
        }
        assertArrayEquals(sizes, clusters.sizes(), where);
        assertEquals(Arrays.stream(weights).sum(), clusters.seeds(), where);
        double[][] centroids = NaiveKMeans.rows(clusters.centroids(), h);
        for (int c = 0; c < means.length; c++) {
            for (int d = 0; d < h; d++) {
                assertEquals(means[c][d] / sizes[c], centroids[c][d], 1e-6, where);
            }
        }
        double inertia = 0;
        for (int i = 0; i < rows.length; i++) {
            inertia += weights[i] * NaiveKMeans.squaredDistance(rows[i], centroids[found.assignments()[i]]);
        }
        assertEquals(inertia, found.inertia(), 1e-9 * inertia, where);
    }

    private static int[] ones(int count) {
        return filled(count, 1);
    }

    private static int[] filled(int count, int value) {
        int[] filled = new int[count];
        Arrays.fill(filled, value);
        return filled;
    }

    private static float[] filled(int count, float value) {
        float[] filled = new float[count];
        Arrays.fill(filled, value);
        return filled;
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
