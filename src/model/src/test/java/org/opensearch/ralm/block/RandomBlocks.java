package org.opensearch.ralm.block;

import java.util.Random;
import org.opensearch.ralm.cluster.Clusters;

/** Seed blocks with normally distributed vectors for tests. */
public final class RandomBlocks {

    private RandomBlocks() {}

    /** A block of given sizes with a random fingerprint. */
    public static SeedBlock block(Random random, int clusters, int dimension) {
        return new SeedBlock(random.nextLong(), clusters(random, clusters, dimension), gaussian(random, dimension));
    }

    /** Clusters of 1 to a million seeds. */
    public static Clusters clusters(Random random, int count, int dimension) {
        int[] sizes = random.ints(count, 1, 1_000_001).toArray();
        return new Clusters(dimension, gaussian(random, count * dimension), sizes);
    }

    /** Independent standard normal values. */
    public static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
