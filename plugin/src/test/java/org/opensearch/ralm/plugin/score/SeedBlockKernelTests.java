package org.opensearch.ralm.plugin.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.util.BytesRef;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.lookalike.Similarity;
import org.opensearch.ralm.plugin.TestModels;

class SeedBlockKernelTests {

    private static final double TOLERANCE = 1e-6;

    private final Random random = new Random(7);

    @Test
    void scoresEqualTheModelsOwn() {
        for (LookalikeForm form : List.of(LookalikeForm.DEFAULT, LookalikeForm.PAPER)) {
            for (int dimension : new int[] {1, 3, 32, 128}) {
                LookalikeModel model = new LookalikeModel(TestModels.artifact("m", dimension, form, random));
                for (Encoding encoding : Encoding.values()) {
                    float[] user = TestModels.unitVector(dimension, random);
                    SeedBlockKernel kernel = kernel(model, user);
                    for (int clusters : new int[] {20, 1, 128, 20}) {
                        SeedBlock block = stored(model, TestModels.clusters(clusters, dimension, random), encoding);
                        Similarity expected = model.score(user, block);
                        BytesRef bytes = shifted(SeedBlockCodec.encode(block, encoding));
                        assertTrue(kernel.accepts(bytes));
                        assertEquals(expected.score(), kernel.score(bytes), TOLERANCE);
                        assertEquals(expected.global(), kernel.global(), TOLERANCE);
                        assertEquals(expected.local(), kernel.local(), TOLERANCE);
                        for (int j = 0; j < clusters; j++) {
                            assertEquals(expected.localWeights()[j], kernel.weight(j), TOLERANCE);
                            assertEquals(block.clusters().sizes()[j], kernel.size(j));
                        }
                    }
                }
            }
        }
    }

    @Test
    void scoresEqualANaiveComputation() {
        LookalikeModel model = new LookalikeModel(TestModels.artifact("m", 16, LookalikeForm.DEFAULT, random));
        float[] user = TestModels.unitVector(16, random);
        ScoreParameters parameters = parameters(model, user);
        SeedBlockKernel kernel = new SeedBlockKernel(parameters);
        for (int round = 0; round < 200; round++) {
            SeedBlock block = model.seedBlock(TestModels.clusters(1 + random.nextInt(30), 16, random));
            BytesRef bytes = new BytesRef(SeedBlockCodec.encode(block, Encoding.FLOAT32));
            assertEquals(naive(block, parameters), kernel.score(bytes), TOLERANCE);
        }
    }

    @Test
    void scoresStayEqualWhenClustersAreReordered() {
        LookalikeModel model = new LookalikeModel(TestModels.artifact("m", 32, LookalikeForm.DEFAULT, random));
        SeedBlockKernel kernel = kernel(model, TestModels.unitVector(32, random));
        Clusters clusters = TestModels.clusters(20, 32, random);
        Clusters reversed = reversed(clusters);
        for (Encoding encoding : Encoding.values()) {
            double score = kernel.score(new BytesRef(SeedBlockCodec.encode(model.seedBlock(clusters), encoding)));
            double other = kernel.score(new BytesRef(SeedBlockCodec.encode(model.seedBlock(reversed), encoding)));
            assertEquals(score, other, TOLERANCE);
        }
    }

    @Test
    void oneClusterScoresLikeTheAverage() {
        LookalikeModel model = new LookalikeModel(TestModels.artifact("m", 32, LookalikeForm.DEFAULT, random));
        float[] user = TestModels.unitVector(32, random);
        Clusters average = TestModels.clusters(1, 32, random);
        double score = kernel(model, user)
                .score(new BytesRef(SeedBlockCodec.encode(model.seedBlock(average), Encoding.FLOAT32)));
        assertEquals(cosine(user, average.centroid(0)), score, TOLERANCE);
    }

    @Test
    void zeroVectorsScoreZero() {
        LookalikeModel model = new LookalikeModel(TestModels.artifact("m", 4, LookalikeForm.PAPER, random));
        BytesRef zeros = new BytesRef(
                SeedBlockCodec.encode(model.seedBlock(new Clusters(4, new float[4], new int[] {3})), Encoding.FLOAT32));
        assertEquals(0, kernel(model, TestModels.unitVector(4, random)).score(zeros));
        BytesRef seeds = new BytesRef(
                SeedBlockCodec.encode(model.seedBlock(TestModels.clusters(3, 4, random)), Encoding.FLOAT32));
        assertEquals(0, kernel(model, new float[4]).score(seeds));
    }

    @Test
    void blocksOfAnotherModelAreNotAccepted() {
        LookalikeModel model = new LookalikeModel(TestModels.artifact("m", 4, LookalikeForm.DEFAULT, random));
        LookalikeModel other = new LookalikeModel(TestModels.artifact("o", 4, LookalikeForm.DEFAULT, random));
        byte[] block = SeedBlockCodec.encode(other.seedBlock(TestModels.clusters(3, 4, random)), Encoding.INT8);
        assertFalse(kernel(model, TestModels.unitVector(4, random)).accepts(new BytesRef(block)));
    }

    @Test
    void similarityIsNeverNegativeWhateverTheWeights() {
        LookalikeModel model = new LookalikeModel(TestModels.artifact("m", 4, LookalikeForm.DEFAULT, random));
        float[] user = TestModels.unitVector(4, random);
        ScoreParameters heavy = ScoreParameters.of(request(Map.of("alpha", 2.0, "beta", 3.0)), "f", user, model);
        assertEquals(0, heavy.scoreOf(-5), 0);
        assertEquals(1, heavy.scoreOf(5), 0);
        ScoreParameters light = ScoreParameters.of(request(Map.of("alpha", 0.3, "beta", 0.3)), "f", user, model);
        assertEquals(0.65, light.scoreOf(0.3), TOLERANCE);
    }

    private static double naive(SeedBlock block, ScoreParameters parameters) {
        Clusters clusters = block.clusters();
        double sum = 0;
        double[] mix = new double[block.dimension()];
        for (int j = 0; j < clusters.count(); j++) {
            double closeness = Math.tanh(dot(parameters.query(), clusters.centroid(j)));
            double weight = Math.exp(parameters.temperature() * closeness)
                    * Math.pow(clusters.sizes()[j], parameters.sizeWeight());
            sum += weight;
            for (int d = 0; d < mix.length; d++) {
                mix[d] += weight * clusters.centroid(j)[d];
            }
        }
        float[] local = new float[mix.length];
        for (int d = 0; d < mix.length; d++) {
            local[d] = (float) (mix[d] / sum);
        }
        return parameters.alpha() * cosine(parameters.user(), block.global())
                + parameters.beta() * cosine(parameters.user(), local);
    }

    private static double cosine(float[] a, float[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (double) a[d] * b[d];
        }
        return sum;
    }

    private static Clusters reversed(Clusters clusters) {
        int count = clusters.count();
        int width = clusters.dimension();
        float[] centroids = new float[count * width];
        int[] sizes = new int[count];
        for (int c = 0; c < count; c++) {
            System.arraycopy(clusters.centroids(), c * width, centroids, (count - 1 - c) * width, width);
            sizes[count - 1 - c] = clusters.sizes()[c];
        }
        return new Clusters(width, centroids, sizes);
    }

    /** The block as it is stored: quantizing changes the centroids, which must not be counted against the kernel. */
    private static SeedBlock stored(LookalikeModel model, Clusters clusters, Encoding encoding) {
        return SeedBlockCodec.decode(SeedBlockCodec.encode(model.seedBlock(clusters), encoding));
    }

    private static BytesRef shifted(byte[] bytes) {
        byte[] longer = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, longer, 3, bytes.length);
        return new BytesRef(longer, 3, bytes.length);
    }

    private static SeedBlockKernel kernel(LookalikeModel model, float[] user) {
        return new SeedBlockKernel(parameters(model, user));
    }

    private static ScoreParameters parameters(LookalikeModel model, float[] user) {
        return ScoreParameters.of(request(Map.of()), "f", user, model);
    }

    private static ScoreRequest request(Map<String, Object> more) {
        Map<String, Object> members = new java.util.HashMap<>(more);
        members.put("feed", "f");
        members.put("user_id", "u");
        return ScoreRequest.of(members);
    }
}
