package org.opensearch.ralm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opensearch.ralm.artifact.ExampleArtifacts;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.RandomBlocks;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.lookalike.Similarity;

class SeedBlockKernelTests {

    private static final double TOLERANCE = 1e-6;

    private final Random random = new Random(7);

    static List<Arithmetic> all() {
        return Arithmetics.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void scoresEqualTheModelsOwn(Arithmetic arithmetic) {
        for (LookalikeForm form : forms()) {
            for (int dimension : new int[] {1, 3, 32, 100, 128}) {
                LookalikeModel model = model(form, dimension);
                for (Encoding encoding : Encoding.values()) {
                    float[] user = unitVector(dimension);
                    SeedBlockKernel kernel = kernel(arithmetic, model, user);
                    for (int clusters : new int[] {20, 1, 128, 20}) {
                        SeedBlock block = stored(model, clusters(clusters, dimension), encoding);
                        assertScore(model.score(user, block), block, encoding, kernel);
                    }
                }
            }
        }
    }

    private static List<LookalikeForm> forms() {
        LookalikeForm byHalf = new LookalikeForm(LookalikeForm.Activation.PRELU, true, 2, 0.5, 1);
        return List.of(LookalikeForm.DEFAULT, LookalikeForm.PAPER, byHalf);
    }

    private static void assertScore(Similarity expected, SeedBlock block, Encoding encoding, SeedBlockKernel kernel) {
        byte[] bytes = shifted(SeedBlockCodec.encode(block, encoding));
        assertTrue(kernel.accepts(bytes, 3, bytes.length - 7));
        assertEquals(expected.score(), kernel.score(bytes, 3, bytes.length - 7), TOLERANCE);
        assertEquals(expected.global(), kernel.global(), TOLERANCE);
        assertEquals(expected.local(), kernel.local(), TOLERANCE);
        assertEquals(block.clusters().count(), kernel.clusters());
        for (int j = 0; j < kernel.clusters(); j++) {
            assertEquals(expected.localWeights()[j], kernel.weight(j), TOLERANCE);
            assertEquals(block.clusters().sizes()[j], kernel.size(j));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void scoresEqualANaiveComputation(Arithmetic arithmetic) {
        LookalikeModel model = model(LookalikeForm.DEFAULT, 16);
        KernelParameters parameters = parameters(model, unitVector(16));
        SeedBlockKernel kernel = new SeedBlockKernel(parameters, arithmetic);
        for (int round = 0; round < 200; round++) {
            SeedBlock block = model.seedBlock(clusters(1 + random.nextInt(30), 16));
            assertEquals(naive(block, parameters), score(kernel, block, Encoding.FLOAT32), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void scoresStayEqualWhenClustersAreReordered(Arithmetic arithmetic) {
        LookalikeModel model = model(LookalikeForm.DEFAULT, 32);
        SeedBlockKernel kernel = kernel(arithmetic, model, unitVector(32));
        Clusters clusters = clusters(20, 32);
        for (Encoding encoding : Encoding.values()) {
            double score = score(kernel, model.seedBlock(clusters), encoding);
            assertEquals(score, score(kernel, model.seedBlock(reversed(clusters)), encoding), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void oneClusterScoresLikeTheAverage(Arithmetic arithmetic) {
        LookalikeModel model = model(LookalikeForm.DEFAULT, 32);
        float[] user = unitVector(32);
        Clusters average = clusters(1, 32);
        double score = score(kernel(arithmetic, model, user), model.seedBlock(average), Encoding.FLOAT32);
        assertEquals(cosine(user, average.centroid(0)), score, TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("all")
    void zeroVectorsScoreZero(Arithmetic arithmetic) {
        LookalikeModel model = model(LookalikeForm.PAPER, 4);
        SeedBlock zeros = model.seedBlock(new Clusters(4, new float[4], new int[] {3}));
        assertEquals(0, score(kernel(arithmetic, model, unitVector(4)), zeros, Encoding.FLOAT32));
        SeedBlock seeds = model.seedBlock(clusters(3, 4));
        assertEquals(0, score(kernel(arithmetic, model, new float[4]), seeds, Encoding.FLOAT32));
    }

    @ParameterizedTest
    @MethodSource("all")
    void blocksOfAnotherModelAreNotAccepted(Arithmetic arithmetic) {
        LookalikeModel model = model(LookalikeForm.DEFAULT, 4);
        byte[] block = SeedBlockCodec.encode(model(LookalikeForm.DEFAULT, 4).seedBlock(clusters(3, 4)), Encoding.INT8);
        assertFalse(kernel(arithmetic, model, unitVector(4)).accepts(block, 0, block.length));
    }

    @ParameterizedTest
    @MethodSource("all")
    void bytesThatAreNoWholeBlockAreNotAccepted(Arithmetic arithmetic) {
        LookalikeModel model = model(LookalikeForm.DEFAULT, 4);
        SeedBlockKernel kernel = kernel(arithmetic, model, unitVector(4));
        byte[] block = SeedBlockCodec.encode(model.seedBlock(clusters(3, 4)), Encoding.FLOAT32);
        for (int length = 0; length < block.length; length++) {
            assertFalse(kernel.accepts(block, 0, length), length + " bytes");
        }
        byte[] unknownVersion = block.clone();
        unknownVersion[0] = 9;
        assertFalse(kernel.accepts(unknownVersion, 0, block.length));
        byte[] moreClusters = block.clone();
        moreClusters[2]++;
        assertFalse(kernel.accepts(moreClusters, 0, block.length));
        assertTrue(kernel.accepts(block, 0, block.length));
    }

    private static double score(SeedBlockKernel kernel, SeedBlock block, Encoding encoding) {
        byte[] bytes = SeedBlockCodec.encode(block, encoding);
        return kernel.score(bytes, 0, bytes.length);
    }

    private static double naive(SeedBlock block, KernelParameters parameters) {
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

    /** Three bytes further on, with four behind. */
    private static byte[] shifted(byte[] bytes) {
        byte[] longer = new byte[bytes.length + 7];
        System.arraycopy(bytes, 0, longer, 3, bytes.length);
        return longer;
    }

    private static SeedBlockKernel kernel(Arithmetic arithmetic, LookalikeModel model, float[] user) {
        return new SeedBlockKernel(parameters(model, user), arithmetic);
    }

    private static KernelParameters parameters(LookalikeModel model, float[] user) {
        LookalikeForm form = model.manifest().form();
        return new KernelParameters(
                model.fingerprint(),
                user,
                model.localQuery(user),
                form.localTemperature(),
                form.localSizeWeight(),
                model.manifest().alpha(),
                model.manifest().beta());
    }

    private LookalikeModel model(LookalikeForm form, int dimension) {
        return new LookalikeModel(ExampleArtifacts.artifact(form, dimension + 1, dimension, 4, random.nextLong()));
    }

    private Clusters clusters(int count, int dimension) {
        float[] centroids = new float[count * dimension];
        for (int j = 0; j < count; j++) {
            System.arraycopy(unitVector(dimension), 0, centroids, j * dimension, dimension);
        }
        return new Clusters(dimension, centroids, random.ints(count, 1, 50_000).toArray());
    }

    private float[] unitVector(int dimension) {
        float[] vector = RandomBlocks.gaussian(random, dimension);
        double norm = Math.sqrt(dot(vector, vector));
        for (int d = 0; d < dimension; d++) {
            vector[d] /= (float) norm;
        }
        return vector;
    }
}
