package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.SeedIndex;

/** Clusters of real seeds under an untrained model, and the same clusters without one of the seeds. */
final class SeedClustersTests {

    private static final long NOW = 1_000;
    private static final int CLUSTERS = 3;
    /** Item 0: many seeds, item 1: two, item 2: one. */
    private static final int[] POOL = {0, 1, 2};

    private final Dataset dataset = dataset();
    private final SeedIndex index = SeedIndex.of(dataset.events(), TinyWorld.ITEMS);
    private final UserEmbedder embedder = Fixtures.untrainedEmbedder(dataset, 8);
    private final LookalikeModel model = Fixtures.untrainedModel(8, 5, LookalikeForm.DEFAULT);
    private final BlockSeeds seeds = BlockSeeds.of(index, embedder, POOL, NOW, 100);
    private final SeedClusters clusters = seeds.cluster(model, CLUSTERS, null);

    private static Dataset dataset() {
        Events.Builder events = new Events.Builder();
        for (int user = 0; user < 40; user++) {
            events.add(user, 30 + user % 20, user);
            events.add(user, 0, 100 + user);
        }
        events.add(5, 1, 200).add(6, 1, 201).add(7, 2, 202);
        return TinyWorld.dataset(events.build());
    }

    private DMatrixRMaj vectors(int[] users) {
        return model.transform(embedder.embed(users, NOW));
    }

    @Test
    void centroidsAreTheMeansOfTheirMembers() {
        int[] users = index.seedsOf(0, NOW, 100);
        assertClusters(users, clusters.assignments()[0], clusters.clusters(0));
        assertEquals(CLUSTERS, clusters.clusters(0).count());
    }

    @Test
    void withoutASeedItsClusterIsTheMeanOfTheOthersAndTheRestStays() {
        int[] users = index.seedsOf(0, NOW, 100);
        int[] assignments = clusters.assignments()[0];
        for (int left = 0; left < users.length; left++) {
            int[] others = without(users, left);
            int[] ofOthers = without(assignments, left);
            Clusters without = clusters.without(0, users[left]).orElseThrow();
            assertClusters(others, ofOthers, without);
            assertEquals(users.length - 1, without.seeds());
        }
    }

    @Test
    void aClusterOfThatSeedAloneIsDropped() {
        int[] users = index.seedsOf(1, NOW, 100);
        assertArrayEquals(new int[] {6, 5}, users);
        assertArrayEquals(new int[] {1, 1}, clusters.clusters(1).sizes());
        for (int left = 0; left < 2; left++) {
            Clusters without = clusters.without(1, users[left]).orElseThrow();
            assertClusters(without(users, left), new int[] {0}, without);
        }
    }

    @Test
    void nothingIsLeftWithoutTheOnlySeed() {
        assertTrue(clusters.without(2, 7).isEmpty());
        assertSame(clusters.clusters(2), clusters.without(2, 8).orElseThrow());
    }

    @Test
    void aUserWhoIsNoSeedChangesNothing() {
        assertSame(clusters.clusters(0), clusters.without(0, 140).orElseThrow());
        assertSame(clusters.clusters(1), clusters.without(1, 7).orElseThrow());
    }

    @Test
    void aWarmStartBeginsFromTheMeansOfTheClustersBefore() {
        SeedClusters again = seeds.cluster(model, CLUSTERS, clusters.assignments());
        for (int place = 0; place < POOL.length; place++) {
            assertArrayEquals(clusters.assignments()[place], again.assignments()[place]);
        }
    }

    @Test
    void allMembersOfAClusterTogetherAreWhatItsCentroidIsTheMeanOf() {
        int[] users = index.seedsOf(0, NOW, 100);
        for (int left : new int[] {-1, users[3]}) {
            Clusters without = clusters.without(0, left).orElseThrow();
            float[][] members = clusters.members(0, left, 100, new Random(1));
            assertEquals(without.count(), members.length);
            for (int cluster = 0; cluster < members.length; cluster++) {
                assertEquals(without.sizes()[cluster] * embedder.dimension(), members[cluster].length);
                assertCentroid(without, cluster, members[cluster]);
            }
        }
        for (int left : new int[] {5, 6}) {
            assertCentroid(clusters.without(1, left).orElseThrow(), 0, clusters.members(1, left, 9, new Random(1))[0]);
        }
    }

    @Test
    void asManyMembersAreDrawnAsAskedForAndOthersEachTime() {
        float[][] members = clusters.members(0, -1, 1, new Random(1));
        for (float[] member : members) {
            assertEquals(embedder.dimension(), member.length);
        }
        assertFalse(Arrays.deepEquals(members, clusters.members(0, -1, 1, new Random(2))));
    }

    private void assertCentroid(Clusters clusters, int cluster, float[] universal) {
        int count = universal.length / embedder.dimension();
        double[] mean = new double[model.dimension()];
        for (int member = 0; member < count; member++) {
            float[] vector = model.transform(
                    Arrays.copyOfRange(universal, member * embedder.dimension(), (member + 1) * embedder.dimension()));
            for (int d = 0; d < mean.length; d++) {
                mean[d] += vector[d] / (double) count;
            }
        }
        for (int d = 0; d < mean.length; d++) {
            assertEquals(mean[d], clusters.centroid(cluster)[d], 1e-6);
        }
    }

    /** Checks clusters against means computed anew, in whatever order the clusters are. */
    private void assertClusters(int[] users, int[] assignments, Clusters clusters) {
        DMatrixRMaj vectors = vectors(users);
        int[] distinct = Arrays.stream(assignments).distinct().toArray();
        assertEquals(distinct.length, clusters.count());
        for (int cluster : distinct) {
            int[] members = IntStream.range(0, users.length)
                    .filter(seed -> assignments[seed] == cluster)
                    .toArray();
            double[] mean = new double[vectors.numCols];
            for (int member : members) {
                for (int d = 0; d < mean.length; d++) {
                    mean[d] += vectors.get(member, d) / members.length;
                }
            }
            int found = nearest(mean, clusters);
            assertEquals(members.length, clusters.sizes()[found]);
            for (int d = 0; d < mean.length; d++) {
                assertEquals(mean[d], clusters.centroids()[found * mean.length + d], 1e-6);
            }
        }
    }

    private static int nearest(double[] mean, Clusters clusters) {
        int nearest = -1;
        double least = Double.MAX_VALUE;
        for (int c = 0; c < clusters.count(); c++) {
            double distance = 0;
            for (int d = 0; d < mean.length; d++) {
                distance += Math.pow(mean[d] - clusters.centroids()[c * mean.length + d], 2);
            }
            if (distance < least) {
                least = distance;
                nearest = c;
            }
        }
        return nearest;
    }

    private static int[] without(int[] values, int left) {
        return IntStream.range(0, values.length)
                .filter(i -> i != left)
                .map(i -> values[i])
                .toArray();
    }
}
