package org.opensearch.ralm.trainer.training;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.cluster.Clustering;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.cluster.KMeans;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;

/**
 * The seeds of a pool of candidates at one moment: for each candidate its newest seeds strictly before the moment, with
 * the universal embeddings the seeds had then. Not safe for use by several threads.
 */
public final class BlockSeeds {

    private static final int FIRST_ITERATIONS = 15;
    private static final int WARM_ITERATIONS = 5;

    private final int[] pool;
    private final int[][] seeds;
    private final int[] users;
    private final Embeddings universal;

    private BlockSeeds(int[] pool, int[][] seeds, int[] users, Embeddings universal) {
        this.pool = pool;
        this.seeds = seeds;
        this.users = users;
        this.universal = universal;
    }

    /**
     * Collects the seeds of a pool.
     *
     * @param pool dense item ids, ascending
     * @param time the moment: what happened at or after it is unknown
     * @param maxSeeds the newest so many seeds of a candidate are kept
     */
    public static BlockSeeds of(SeedIndex index, UserEmbedder embedder, int[] pool, long time, int maxSeeds) {
        return of(index, embedder, pool, time, maxSeeds, new EmbeddingRoom(0));
    }

    /** The same where embeddings are asked for again and again. */
    static BlockSeeds of(
            SeedIndex index, UserEmbedder embedder, int[] pool, long time, int maxSeeds, EmbeddingRoom room) {
        int[][] seeds = new int[pool.length][];
        for (int i = 0; i < pool.length; i++) {
            seeds[i] = index.seedsOf(pool[i], time, maxSeeds);
        }
        int[] users = Arrays.stream(seeds)
                .flatMapToInt(Arrays::stream)
                .sorted()
                .distinct()
                .toArray();
        return new BlockSeeds(pool, seeds, users, new Embeddings(embedder, room, users, time));
    }

    /** The candidates, ascending dense item ids. */
    public int[] pool() {
        return pool;
    }

    /** The place of an item in the pool; negative if it is not there. */
    int place(int item) {
        return Arrays.binarySearch(pool, item);
    }

    /**
     * Clusters the seeds of each candidate in a model's look-alike space.
     *
     * @param model whose transform is applied to the seeds
     * @param clusters K
     * @param start the cluster of each seed in an earlier clustering of the same seeds, from whose means to begin; null
     *     for a fresh one
     */
    SeedClusters cluster(LookalikeModel model, int clusters, int[][] start) {
        FloatRows embeddings = universal.rows();
        FloatRows vectors = embeddings.map(model.dimension(), model::transform);
        Clustering[] found = new Clustering[pool.length];
        IntStream.range(0, pool.length).parallel().forEach(place -> {
            float[] rows = rows(vectors, seeds[place]);
            Clusters warm = start == null ? null : means(rows, model.dimension(), start[place]);
            KMeans kMeans = new KMeans(clusters, start == null ? FIRST_ITERATIONS : WARM_ITERATIONS, pool[place]);
            found[place] = kMeans.cluster(rows, model.dimension(), null, warm);
        });
        return new SeedClusters(this, embeddings, vectors, found);
    }

    /**
     * The seed blocks of all candidates under a model, as a search engine would make them of the same seeds.
     *
     * @param dataset knows the names of candidates and seeds
     * @param clusters K
     * @return a block for each place of the pool
     */
    public SeedBlock[] seedBlocks(LookalikeModel model, Dataset dataset, int clusters) {
        FloatRows vectors = universal.lookalike(model);
        CandidateClustering clustering = new CandidateClustering(clusters, CandidateClustering.SAMPLE_SIZE);
        SeedBlock[] blocks = new SeedBlock[pool.length];
        IntStream.range(0, pool.length).parallel().forEach(place -> {
            SortedMap<String, float[]> named = new TreeMap<>();
            for (int user : seeds[place]) {
                named.put(dataset.users().name(user), rows(vectors, new int[] {user}));
            }
            String candidate = dataset.items().name(pool[place]);
            blocks[place] = model.seedBlock(clustering.cluster(candidate, named));
        });
        return blocks;
    }

    /** How many seeds the candidate at a place of the pool has. */
    int seedCount(int place) {
        return seeds[place].length;
    }

    /** The place of a user among a candidate's seeds; -1 if the user is none of them. */
    int seedPlace(int place, int user) {
        for (int i = 0; i < seeds[place].length; i++) {
            if (seeds[place][i] == user) {
                return i;
            }
        }
        return -1;
    }

    /** The row of a seed among those of this block. */
    int row(int user) {
        return Arrays.binarySearch(users, user);
    }

    /** The rows of some of a candidate's seeds, one after the other. */
    float[] rows(FloatRows all, int place, int[] seedPlaces) {
        return rows(
                all, Arrays.stream(seedPlaces).map(seed -> seeds[place][seed]).toArray());
    }

    /** The means of the rows of each cluster. */
    private static Clusters means(float[] rows, int width, int[] assignments) {
        int count = Arrays.stream(assignments).max().orElseThrow() + 1;
        int[] sizes = new int[count];
        double[] sums = new double[count * width];
        for (int i = 0; i < assignments.length; i++) {
            sizes[assignments[i]]++;
            for (int d = 0; d < width; d++) {
                sums[assignments[i] * width + d] += rows[i * width + d];
            }
        }
        float[] centroids = new float[sums.length];
        for (int i = 0; i < sums.length; i++) {
            centroids[i] = (float) (sums[i] / sizes[i / width]);
        }
        return new Clusters(width, centroids, sizes);
    }

    private float[] rows(FloatRows all, int[] seedUsers) {
        float[] rows = new float[seedUsers.length * all.width()];
        for (int i = 0; i < seedUsers.length; i++) {
            all.copy(row(seedUsers[i]), rows, i * all.width());
        }
        return rows;
    }
}
