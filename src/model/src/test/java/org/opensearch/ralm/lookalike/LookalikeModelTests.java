package org.opensearch.ralm.lookalike;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.artifact.ExampleArtifacts;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.LookalikeForm.Activation;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.block.RandomBlocks;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.Clusters;

class LookalikeModelTests {

    private static final double EXACT = 1e-9;
    private static final int UNIVERSAL = 13;
    private static final int DIMENSION = 11;
    private static final int ATTENTION = 7;

    static LookalikeForm[] forms() {
        return new LookalikeForm[] {
            LookalikeForm.PAPER,
            LookalikeForm.DEFAULT,
            new LookalikeForm(Activation.PRELU, false, 0.5, 0.25, 2),
            new LookalikeForm(Activation.RELU, true, 2, 0, 0.5),
        };
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyPartEqualsTheSumsOfThePaper(LookalikeForm form) {
        for (long seed = 1; seed <= 200; seed++) {
            String where = "seed " + seed;
            Random random = new Random(seed);
            ModelManifest manifest = ExampleArtifacts.manifest(form, UNIVERSAL, DIMENSION, ATTENTION);
            Map<String, Tensor> tensors = scaled(ExampleArtifacts.tensors(manifest, seed), random.nextFloat());
            LookalikeModel model = new LookalikeModel(ModelArtifact.of(manifest, tensors));
            NaiveLookalike naive = new NaiveLookalike(manifest, tensors);
            Clusters clusters = RandomBlocks.clusters(random, 1 + random.nextInt(20), DIMENSION);
            float[] universal = RandomBlocks.gaussian(random, UNIVERSAL);

            DMatrixRMaj transformed = model.transform(row(universal));
            assertArrayEquals(naive.transform(universal), transformed.data, EXACT, where);
            float[] user = model.transform(universal);
            assertArrayEquals(naive.localQuery(transformed.data), model.localQueries(transformed).data, EXACT, where);
            assertArrayEquals(naive.globalWeights(clusters), model.globalWeights(clusters), EXACT, where);
            SeedBlock block = model.seedBlock(clusters);
            double[] global = NaiveLookalike.mix(naive.globalWeights(clusters), clusters);
            assertArrayEquals(global, NaiveLookalike.doubles(block.global()), 1e-6, where);

            Similarity similarity = model.score(user, block);
            double[] exactUser = NaiveLookalike.doubles(user);
            double[] stored = NaiveLookalike.doubles(block.global());
            assertArrayEquals(naive.localWeights(exactUser, clusters), similarity.localWeights(), EXACT, where);
            assertEquals(NaiveLookalike.cosine(exactUser, stored), similarity.global(), EXACT, where);
            assertEquals(naive.score(exactUser, clusters, stored), similarity.score(), EXACT, where);
        }
    }

    /**
     * W_L = I, α = 0.3, β = 0.7, τ = 1, no sizes, global attention without weights, so G = mean of the centroids.
     *
     * <p>User e = (1, 0), centroids (1, 0) and (0, 2): G = (0.5, 1), cos(e, G) = 0.5/√1.25 = 0.4472135955.
     * t = (tanh 1, tanh 0) = (0.7615941560, 0), e^t = (2.1416877, 1), a = (0.6816997, 0.3183003),
     * L = (0.6816997, 0.6366005), |L| = 0.9327244, cos(e, L) = 0.7308694,
     * score = 0.3 · 0.4472136 + 0.7 · 0.7308694 = 0.6457727.
     */
    @Test
    void aCaseWorkedByHand() {
        LookalikeModel model = plane(new LookalikeForm(Activation.RELU, false, 1, 0, 0));
        SeedBlock block = model.seedBlock(new Clusters(2, new float[] {1, 0, 0, 2}, new int[] {3, 1}));

        Similarity similarity = model.score(new float[] {1, 0}, block);

        assertArrayEquals(new float[] {0.5f, 1}, block.global());
        assertArrayEquals(new double[] {0.6816997, 0.3183003}, similarity.localWeights(), 1e-7);
        assertEquals(0.4472136, similarity.global(), 1e-7);
        assertEquals(0.7308694, similarity.local(), 1e-7);
        assertEquals(0.6457727, similarity.score(), 1e-7);
    }

    /**
     * The same with sizes: λ = 1 in both attentions and τ = 2. G = (3·(1, 0) + 1·(0, 2))/4 = (0.75, 0.5),
     * cos(e, G) = 0.75/√0.8125 = 0.8320503. Weights ∝ (3·e^(2·0.7615941560), 1·e^0) = (13.7604784, 1),
     * a = (0.9322515, 0.0677485), L = (0.9322515, 0.1354970), |L| = 0.9420469, cos(e, L) = 0.9896020,
     * score = 0.3 · 0.8320503 + 0.7 · 0.9896020 = 0.9423365.
     */
    @Test
    void aCaseWithSizesAndTemperatureWorkedByHand() {
        LookalikeModel model = plane(new LookalikeForm(Activation.RELU, false, 2, 1, 1));
        SeedBlock block = model.seedBlock(new Clusters(2, new float[] {1, 0, 0, 2}, new int[] {3, 1}));

        Similarity similarity = model.score(new float[] {1, 0}, block);

        assertArrayEquals(new float[] {0.75f, 0.5f}, block.global());
        assertArrayEquals(new double[] {0.9322515, 0.0677485}, similarity.localWeights(), 1e-7);
        assertEquals(0.8320503, similarity.global(), 1e-7);
        assertEquals(0.9896020, similarity.local(), 1e-7);
        assertEquals(0.9423365, similarity.score(), 1e-7);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void scoresStayEqualWhenClustersAreReordered(LookalikeForm form) {
        LookalikeModel model = model(form);
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Clusters clusters = RandomBlocks.clusters(random, 2 + random.nextInt(19), DIMENSION);
            float[] user = RandomBlocks.gaussian(random, DIMENSION);

            double before = model.score(user, model.seedBlock(clusters)).score();
            double after = model.score(user, model.seedBlock(shuffled(clusters, random)))
                    .score();

            // The global embedding is rounded to float32, at times to the other side.
            assertEquals(before, after, 1e-6, "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void withOneClusterTheScoreIsTheCosineWithTheAverage(LookalikeForm form) {
        LookalikeModel model = model(form);
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Clusters one = RandomBlocks.clusters(random, 1, DIMENSION);
            float[] user = RandomBlocks.gaussian(random, DIMENSION);

            Similarity similarity = model.score(user, model.seedBlock(one));

            double cosine =
                    NaiveLookalike.cosine(NaiveLookalike.doubles(user), NaiveLookalike.doubles(one.centroids()));
            assertArrayEquals(new double[] {1}, similarity.localWeights(), "seed " + seed);
            assertEquals(cosine, similarity.global(), EXACT, "seed " + seed);
            assertEquals(cosine, similarity.local(), EXACT, "seed " + seed);
            assertEquals(cosine, similarity.score(), EXACT, "seed " + seed);
        }
    }

    @ParameterizedTest
    @MethodSource("forms")
    void attentionWeightsArePositiveAndSumToOne(LookalikeForm form) {
        LookalikeModel model = model(form);
        Random random = new Random(1);
        for (int round = 0; round < 50; round++) {
            SeedBlock block = model.seedBlock(RandomBlocks.clusters(random, 1 + random.nextInt(128), DIMENSION));
            float[] user = RandomBlocks.gaussian(random, DIMENSION);

            assertSumsToOne(model.score(user, block).localWeights());
            assertSumsToOne(model.globalWeights(block.clusters()));
        }
    }

    /** tanh keeps two weights within e² of each other: with 20 clusters 1/(1 + 19e²) < a_j < e²/(e² + 19). */
    @Test
    void thePapersLocalAttentionIsBounded() {
        LookalikeModel model = model(LookalikeForm.PAPER);
        double least = 1;
        double most = 0;
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            float[] user = RandomBlocks.gaussian(random, DIMENSION);
            float[] query = model.localQuery(user);
            boolean one = random.nextBoolean();
            float[] centroids = new float[20 * DIMENSION];
            for (int j = 0; j < 20; j++) {
                float sign = (j == 0) == one ? 10 : -10;
                for (int d = 0; d < DIMENSION; d++) {
                    centroids[j * DIMENSION + d] = sign * query[d];
                }
            }
            int[] sizes = random.ints(20, 1, 1000).toArray();

            double[] weights = model.score(user, model.seedBlock(new Clusters(DIMENSION, centroids, sizes)))
                    .localWeights();

            least = Math.min(least, Arrays.stream(weights).min().orElseThrow());
            most = Math.max(most, Arrays.stream(weights).max().orElseThrow());
        }
        double e2 = Math.exp(2);
        assertEquals(1 / (1 + 19 * e2), least, 1e-12);
        assertEquals(e2 / (e2 + 19), most, 1e-12);
        assertTrue(least > 0.0070 && most < 0.2801, "from " + least + " to " + most);
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aUserOfZerosIsLikeNobody(LookalikeForm form) {
        LookalikeModel model = model(form);
        SeedBlock block = model.seedBlock(RandomBlocks.clusters(new Random(1), 5, DIMENSION));

        Similarity similarity = model.score(new float[DIMENSION], block);

        assertEquals(0, similarity.global());
        assertEquals(0, similarity.local());
        assertEquals(0, similarity.score());
        assertSumsToOne(similarity.localWeights());
    }

    @Test
    void aUniversalEmbeddingThatEndsInZerosStaysZeroWhenScaled() {
        ModelManifest manifest = ExampleArtifacts.manifest(LookalikeForm.DEFAULT, 2, 2, 1);
        Map<String, Tensor> tensors = new TreeMap<>(ExampleArtifacts.tensors(manifest, 1));
        tensors.put("transform.bias", Tensor.vector(0, 0));
        LookalikeModel model = new LookalikeModel(ModelArtifact.of(manifest, tensors));

        assertArrayEquals(new float[2], model.transform(new float[2]));
    }

    @Test
    void vectorsOfTheWrongDimensionAreRefused() {
        LookalikeModel model = model(LookalikeForm.DEFAULT);
        Clusters clusters = RandomBlocks.clusters(new Random(1), 3, DIMENSION + 1);

        assertRefused("universal embeddings must have dimension 13, but have 12", () -> model.transform(new float[12]));
        assertRefused("look-alike vectors must have dimension 11, but have 12", () -> model.localQuery(new float[12]));
        assertRefused(
                "clusters of dimension 12 do not fit model [example-1] of dimension 11",
                () -> model.seedBlock(clusters));
        assertRefused(
                "clusters of dimension 12 do not fit model [example-1] of dimension 11",
                () -> model.globalWeights(clusters));
    }

    @Test
    void aBlockOfAnotherModelIsRefused() {
        LookalikeModel model = model(LookalikeForm.DEFAULT);
        LookalikeModel other = model(LookalikeForm.PAPER);
        SeedBlock block = other.seedBlock(RandomBlocks.clusters(new Random(1), 3, DIMENSION));

        assertRefused(
                "a seed block of another model cannot be scored by [example-1]: its fingerprint is "
                        + Long.toHexString(other.fingerprint()) + ", expected "
                        + Long.toHexString(model.fingerprint()),
                () -> model.scorer(block));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void memoryIsThatOfTheWeightsInDoublePrecision(long seed) {
        Random random = new Random(seed);
        int n = 1 + random.nextInt(20);
        int h = 1 + random.nextInt(20);
        int s = 1 + random.nextInt(20);

        LookalikeModel model = new LookalikeModel(ExampleArtifacts.artifact(LookalikeForm.PAPER, n, h, s, seed));

        assertEquals(8L * (n * h + h + h * h + h * s + s), model.memoryBytes());
    }

    private static LookalikeModel model(LookalikeForm form) {
        return new LookalikeModel(ExampleArtifacts.artifact(form, UNIVERSAL, DIMENSION, ATTENTION, 1));
    }

    /** A model of dimension 2 whose W_L is the identity and whose global attention sees the sizes only. */
    private static LookalikeModel plane(LookalikeForm form) {
        ModelManifest manifest = ExampleArtifacts.manifest(form, 2, 2, 1);
        Map<String, Tensor> tensors = new TreeMap<>(ExampleArtifacts.tensors(manifest, 1));
        tensors.put("local.weight", Tensor.matrix(2, 2, new float[] {1, 0, 0, 1}));
        tensors.put("global.vector", Tensor.vector(0));
        return new LookalikeModel(ModelArtifact.of(manifest, tensors));
    }

    private static Map<String, Tensor> scaled(Map<String, Tensor> tensors, float factor) {
        Map<String, Tensor> scaled = new TreeMap<>();
        tensors.forEach((name, tensor) -> {
            float[] values = tensor.values().clone();
            for (int i = 0; i < values.length; i++) {
                values[i] *= factor;
            }
            scaled.put(name, new Tensor(tensor.shape(), values));
        });
        return scaled;
    }

    private static Clusters shuffled(Clusters clusters, Random random) {
        int h = clusters.dimension();
        float[] centroids = clusters.centroids().clone();
        int[] sizes = clusters.sizes().clone();
        for (int j = sizes.length - 1; j > 0; j--) {
            int other = random.nextInt(j + 1);
            float[] centroid = Arrays.copyOfRange(centroids, j * h, (j + 1) * h);
            System.arraycopy(centroids, other * h, centroids, j * h, h);
            System.arraycopy(centroid, 0, centroids, other * h, h);
            int size = sizes[j];
            sizes[j] = sizes[other];
            sizes[other] = size;
        }
        return new Clusters(h, centroids, sizes);
    }

    private static DMatrixRMaj row(float[] values) {
        return new DMatrixRMaj(1, values.length, true, NaiveLookalike.doubles(values));
    }

    private static void assertSumsToOne(double[] weights) {
        assertEquals(1, Arrays.stream(weights).sum(), 1e-12);
        assertTrue(Arrays.stream(weights).allMatch(weight -> weight > 0), () -> Arrays.toString(weights));
    }

    private static void assertRefused(String message, Runnable call) {
        assertEquals(
                message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
    }
}
