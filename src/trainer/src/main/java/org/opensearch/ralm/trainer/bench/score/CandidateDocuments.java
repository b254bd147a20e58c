package org.opensearch.ralm.trainer.bench.score;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.SplittableRandom;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.lookalike.LookalikeModel;

/**
 * The documents of the bench's index, each a function of its number: random unit vectors as centroids, the sizes of their
 * clusters, and the global embedding the model makes of them, in the forms that the contenders read. What scoring costs
 * does not depend on where vectors lie.
 */
final class CandidateDocuments {

    private static final long SEED = 5;
    private static final int LARGEST_CLUSTER = 1_000;

    private final LookalikeModel model;
    private final ScoreOptions options;

    CandidateDocuments(LookalikeModel model, ScoreOptions options) {
        this.model = model;
        this.options = options;
    }

    /**
     * A document.
     *
     * @param slow whether it also has what only the slowest contenders read
     */
    ObjectNode document(int number, boolean slow) {
        SplittableRandom random = new SplittableRandom(SEED + 31L * number);
        SeedBlock block = model.seedBlock(clusters(random));
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put(ScoreIndex.NUMBER, number);
        document.put(ScoreIndex.FLOAT32, base64(SeedBlockCodec.encode(block, Encoding.FLOAT32)));
        document.put(ScoreIndex.INT8, base64(SeedBlockCodec.encode(block, Encoding.INT8)));
        document.set(ScoreIndex.VECTOR, array(block.global()));
        if (slow) {
            document.put(ScoreIndex.CLUSTERS, base64(bytes(block.clusters())));
            ArrayNode vectors = document.putArray(ScoreIndex.VECTORS);
            for (int j = 0; j < block.clusters().count(); j++) {
                vectors.add(array(block.clusters().centroid(j)));
            }
        }
        return document;
    }

    /** A random vector of unit length, as users have. */
    static float[] unitVector(SplittableRandom random, int dimension) {
        double[] values = new double[dimension];
        double squares = 0;
        for (int d = 0; d < dimension; d++) {
            values[d] = random.nextGaussian();
            squares += values[d] * values[d];
        }
        float[] vector = new float[dimension];
        for (int d = 0; d < dimension; d++) {
            vector[d] = (float) (values[d] / Math.sqrt(squares));
        }
        return vector;
    }

    private Clusters clusters(SplittableRandom random) {
        int dimension = options.dimension();
        float[] centroids = new float[options.clusters() * dimension];
        int[] sizes = new int[options.clusters()];
        for (int j = 0; j < sizes.length; j++) {
            System.arraycopy(unitVector(random, dimension), 0, centroids, j * dimension, dimension);
            sizes[j] = random.nextInt(1, LARGEST_CLUSTER);
        }
        return new Clusters(dimension, centroids, sizes);
    }

    /** The logarithms of the sizes, then the centroids: all that the local attention needs. */
    private static byte[] bytes(Clusters clusters) {
        float[] centroids = clusters.centroids();
        ByteBuffer bytes = ByteBuffer.allocate((clusters.count() + centroids.length) * Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int size : clusters.sizes()) {
            bytes.putFloat((float) Math.log(size));
        }
        bytes.asFloatBuffer().put(centroids);
        return bytes.array();
    }

    private static ArrayNode array(float[] vector) {
        ArrayNode array = JsonNodeFactory.instance.arrayNode(vector.length);
        for (float value : vector) {
            array.add(value);
        }
        return array;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
