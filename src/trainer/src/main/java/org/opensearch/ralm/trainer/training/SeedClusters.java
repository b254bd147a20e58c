package org.opensearch.ralm.trainer.training;

import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.opensearch.ralm.cluster.Clustering;
import org.opensearch.ralm.cluster.Clusters;

/** The clusters of a block's candidates under one state of the model. Immutable, safe for use by several threads. */
final class SeedClusters {

    private final BlockSeeds seeds;
    private final FloatRows universal;
    private final FloatRows vectors;
    private final Clustering[] clusterings;

    /**
     * @param universal the seeds' universal embeddings
     * @param vectors their look-alike vectors
     * @param clusterings of each candidate's seeds
     */
    SeedClusters(BlockSeeds seeds, FloatRows universal, FloatRows vectors, Clustering[] clusterings) {
        this.seeds = seeds;
        this.universal = universal;
        this.vectors = vectors;
        this.clusterings = clusterings;
    }

    /** The clusters of the candidate at a place of the pool. */
    Clusters clusters(int place) {
        return clusterings[place].clusters();
    }

    /** The cluster of each seed, candidates in the order of the pool. */
    int[][] assignments() {
        int[][] assignments = new int[clusterings.length][];
        for (int place = 0; place < assignments.length; place++) {
            assignments[place] = clusterings[place].assignments();
        }
        return assignments;
    }

    /**
     * The clusters of a candidate as they are without a user: its own where the user is not a seed, and with the exact
     * leave-one-out mean c' = (n·c − e) / (n − 1) where it is. Guards against scoring a user against itself.
     *
     * @return empty if the user is the only seed
     */
    Optional<Clusters> without(int place, int user) {
        Clusters all = clusters(place);
        int seed = seeds.seedPlace(place, user);
        if (seed < 0) {
            return Optional.of(all);
        }
        int cluster = clusterings[place].assignments()[seed];
        return all.sizes()[cluster] == 1 ? dropped(all, cluster) : Optional.of(reduced(all, cluster, user));
    }

    /**
     * The universal embeddings of some members of each cluster of {@link #without}, drawn at random.
     *
     * @param user who is left out; none if the user is not a seed
     * @param most how many members of a cluster
     * @return for each cluster members × N
     */
    float[][] members(int place, int user, int most, Random random) {
        int[] assignments = assignmentsWithout(place, user);
        int[] order =
                ClickSamples.shuffled(IntStream.range(0, assignments.length).toArray(), random);
        return IntStream.rangeClosed(0, Arrays.stream(assignments).max().orElseThrow())
                .mapToObj(cluster -> IntStream.of(order)
                        .filter(seed -> assignments[seed] == cluster)
                        .limit(most)
                        .toArray())
                .map(drawn -> seeds.rows(universal, place, drawn))
                .toArray(float[][]::new);
    }

    /** The cluster of each seed without a user, whose own is -1; as {@link #dropped} numbers them. */
    private int[] assignmentsWithout(int place, int user) {
        int[] assignments = clusterings[place].assignments().clone();
        int seed = seeds.seedPlace(place, user);
        if (seed >= 0) {
            int cluster = assignments[seed];
            assignments[seed] = -1;
            if (clusters(place).sizes()[cluster] == 1) {
                int last = clusters(place).count() - 1;
                Arrays.setAll(assignments, i -> assignments[i] == last ? cluster : assignments[i]);
            }
        }
        return assignments;
    }

    private Clusters reduced(Clusters all, int cluster, int user) {
        int width = all.dimension();
        int[] sizes = all.sizes().clone();
        float[] centroids = all.centroids().clone();
        int size = sizes[cluster]--;
        int row = seeds.row(user);
        for (int d = 0; d < width; d++) {
            double sum = (double) size * centroids[cluster * width + d] - vectors.value(row, d);
            centroids[cluster * width + d] = (float) (sum / (size - 1));
        }
        return new Clusters(width, centroids, sizes);
    }

    private static Optional<Clusters> dropped(Clusters all, int cluster) {
        if (all.count() == 1) {
            return Optional.empty();
        }
        int width = all.dimension();
        int last = all.count() - 1;
        int[] sizes = Arrays.copyOf(all.sizes(), last);
        float[] centroids = Arrays.copyOf(all.centroids(), last * width);
        if (cluster < last) {
            sizes[cluster] = all.sizes()[last];
            System.arraycopy(all.centroids(), last * width, centroids, cluster * width, width);
        }
        return Optional.of(new Clusters(width, centroids, sizes));
    }
}
