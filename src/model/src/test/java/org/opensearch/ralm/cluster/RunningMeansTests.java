package org.opensearch.ralm.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.block.RandomBlocks;

class RunningMeansTests {

    /** Groups so far apart that a seed's cluster does not depend on how far the means have moved. */
    @Test
    void centroidsAreTheMeansOfAllMembersOldAndNew() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            int h = 5;
            Clusters start =
                    new Clusters(h, new float[3 * h], random.ints(3, 1, 50).toArray());
            for (int i = 0; i < start.centroids().length; i++) {
                start.centroids()[i] = 10 * (i / h);
            }
            double[] sums = new double[3 * h];
            int[] sizes = start.sizes().clone();
            for (int i = 0; i < sums.length; i++) {
                sums[i] = (double) start.centroids()[i] * sizes[i / h];
            }
            RunningMeans means = new RunningMeans(start, 3);
            for (int added = 0; added < 2000; added++) {
                int c = random.nextInt(3);
                float[] vector = RandomBlocks.gaussian(random, h);
                for (int d = 0; d < h; d++) {
                    vector[d] += 10 * c;
                    sums[c * h + d] += vector[d];
                }
                sizes[c]++;
                means.add(vector);
            }

            Clusters clusters = means.clusters();

            assertArrayEquals(sizes, clusters.sizes(), "seed " + seed);
            for (int i = 0; i < sums.length; i++) {
                assertEquals(sums[i] / sizes[i / h], clusters.centroids()[i], 1e-5, "seed " + seed);
            }
        }
    }

    /**
     * Stored as floats after every step, the values lose half a unit in the last place each time at most, and later
     * seeds only make it weigh less: 1,000 times 2⁻²⁴ for values between 1 and 2.
     */
    @Test
    void meansStoredAndLoadedAThousandTimesStayTheMeans() {
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            int h = 128;
            Clusters clusters = new Clusters(h, new float[0], new int[0]);
            double[] sums = new double[3 * h];
            int[] sizes = new int[3];
            for (int round = 0; round < 1000; round++) {
                RunningMeans means = new RunningMeans(clusters, 3);
                for (int added = 0; added < 7; added++) {
                    int c = round == 0 && added < 3 ? added : random.nextInt(3);
                    float[] vector = new float[h];
                    for (int d = 0; d < h; d++) {
                        vector[d] = (float) (c - 1 + 0.1 * random.nextGaussian());
                        sums[c * h + d] += vector[d];
                    }
                    sizes[c]++;
                    means.add(vector);
                }
                clusters = means.clusters();
            }

            assertArrayEquals(sizes, clusters.sizes(), "seed " + seed);
            for (int i = 0; i < sums.length; i++) {
                assertEquals(sums[i] / sizes[i / h], clusters.centroids()[i], 1000 * 0x1p-24, "seed " + seed);
            }
        }
    }

    @Test
    void storingAndLoadingWithoutNewSeedsChangesNothing() {
        Clusters clusters = RandomBlocks.clusters(new Random(1), 20, 128);

        assertEquals(clusters, new RunningMeans(clusters, 20).clusters());
    }

    /** c' = (n·c − e)/(n − 1), the identity that takes a user out of a cluster, gives the clusters before it came in. */
    @Test
    void leavingTheLastSeedOutGivesTheMeansBefore() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            int h = 8;
            Clusters before = new Clusters(
                    h,
                    RandomBlocks.gaussian(random, 4 * h),
                    random.ints(4, 1, 100).toArray());
            float[] vector = RandomBlocks.gaussian(random, h);
            RunningMeans means = new RunningMeans(before, 4);

            means.add(vector);

            Clusters after = means.clusters();
            int joined = Arrays.mismatch(before.sizes(), after.sizes());
            int size = after.sizes()[joined];
            assertEquals(before.sizes()[joined] + 1, size, "seed " + seed);
            for (int i = 0; i < 4 * h; i++) {
                double centroid = after.centroids()[i];
                double leftOut = i / h == joined ? (size * centroid - vector[i % h]) / (size - 1) : centroid;
                assertEquals(before.centroids()[i], leftOut, 1e-5, "seed " + seed);
            }
        }
    }

    @Test
    void seedsFoundClustersWhileThereAreFewerThanWanted() {
        RunningMeans means = new RunningMeans(new Clusters(2, new float[0], new int[0]), 2);
        means.add(new float[] {0, 1});
        means.add(new float[] {0, 1});
        means.add(new float[] {10, 10});
        means.add(new float[] {13, 13});

        assertEquals(new Clusters(2, new float[] {0, 1, 11.5f, 11.5f}, new int[] {2, 2}), means.clusters());
    }

    @Test
    void moreClustersThanWantedStay() {
        Clusters start = new Clusters(1, new float[] {0, 1, 2}, new int[] {1, 1, 1});
        RunningMeans means = new RunningMeans(start, 2);
        means.add(new float[] {5});

        assertEquals(new Clusters(1, new float[] {0, 1, 3.5f}, new int[] {1, 1, 2}), means.clusters());
    }

    @Test
    void theStartAndEarlierResultsAreLeftAlone() {
        Clusters start = new Clusters(1, new float[] {0}, new int[] {1});
        RunningMeans means = new RunningMeans(start, 1);
        Clusters before = means.clusters();

        means.add(new float[] {4});

        assertEquals(new Clusters(1, new float[] {0}, new int[] {1}), start);
        assertEquals(start, before);
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
    void aSeedThatIsNotFiniteIsRefusedAndChangesNothing(float value) {
        Clusters start = new Clusters(2, new float[] {1, 2}, new int[] {1});
        RunningMeans means = new RunningMeans(start, 5);

        assertRefused(
                "the values of a seed must be finite, but one is " + value, () -> means.add(new float[] {0, value}));
        assertEquals(start, means.clusters());
    }

    @Test
    void wrongArgumentsAreRefused() {
        Clusters start = new Clusters(2, new float[] {1, 2}, new int[] {1});

        assertRefused("the largest number of clusters must be at least 1, but is 0", () -> new RunningMeans(start, 0));
        assertRefused("a seed of dimension 3 does not fit clusters of dimension 2", () -> new RunningMeans(start, 1)
                .add(new float[3]));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
