package org.opensearch.ralm.lookalike;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.artifact.ExampleArtifacts;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.RandomBlocks;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.Clusters;

class SeedScorerTests {

    private static final int DIMENSION = 16;
    private static final LookalikeModel MODEL =
            new LookalikeModel(ExampleArtifacts.artifact(LookalikeForm.DEFAULT, 8, DIMENSION, 4, 1));

    @Test
    void aBatchIsScoredLikeEachUserAlone() {
        for (long seed = 1; seed <= 20; seed++) {
            Random random = new Random(seed);
            int rows = 1 + random.nextInt(100);
            float[] users = RandomBlocks.gaussian(random, rows * DIMENSION);
            DMatrixRMaj matrix = new DMatrixRMaj(rows, DIMENSION, true, NaiveLookalike.doubles(users));
            SeedBlock block = MODEL.seedBlock(RandomBlocks.clusters(random, 20, DIMENSION));
            SeedScorer scorer = MODEL.scorer(block);
            DMatrixRMaj queries = MODEL.localQueries(matrix);

            double[] scores = scorer.scores(matrix, queries);

            for (int row = 0; row < rows; row++) {
                float[] user = new float[DIMENSION];
                System.arraycopy(users, row * DIMENSION, user, 0, DIMENSION);
                String where = "seed " + seed + ", row " + row;
                assertEquals(MODEL.score(user, block).score(), scores[row], 1e-12, where);
                assertEquals(scorer.score(matrix, queries, row).score(), scores[row], 1e-12, where);
            }
        }
    }

    @Test
    void alphaAndBetaOfTheCallerWeighTheCosines() {
        Random random = new Random(1);
        SeedBlock block = MODEL.seedBlock(RandomBlocks.clusters(random, 20, DIMENSION));
        float[] floats = RandomBlocks.gaussian(random, DIMENSION);
        DMatrixRMaj user = new DMatrixRMaj(1, DIMENSION, true, NaiveLookalike.doubles(floats));

        Similarity similarity = MODEL.scorer(block, 2, 5).score(user, MODEL.localQueries(user), 0);

        assertEquals(2 * similarity.global() + 5 * similarity.local(), similarity.score(), 1e-15);
        assertEquals(MODEL.score(floats, block).global(), similarity.global());
        assertEquals(MODEL.score(floats, block).local(), similarity.local());
    }

    /**
     * Opposite centroids of nearly equal weight leave a local embedding far shorter than they are, whose length the Gram
     * matrix alone would miss.
     */
    @ParameterizedTest
    @ValueSource(doubles = {1e-2, 1e-4, 1e-6, 1e-7})
    void theLocalCosineSurvivesCentroidsThatCancel(double difference) {
        LookalikeModel model = new LookalikeModel(ExampleArtifacts.artifact(LookalikeForm.PAPER, 8, DIMENSION, 4, 1));
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            float[] centroids = RandomBlocks.gaussian(random, 2 * DIMENSION);
            for (int d = 0; d < DIMENSION; d++) {
                centroids[DIMENSION + d] = (float) (-centroids[d] + difference * random.nextGaussian());
            }
            SeedBlock block = model.seedBlock(new Clusters(DIMENSION, centroids, new int[] {1, 1}));
            double[] user = NaiveLookalike.doubles(RandomBlocks.gaussian(random, DIMENSION));
            DMatrixRMaj users = new DMatrixRMaj(1, DIMENSION, true, user);
            // A query of zeros weighs both centroids the same.
            Similarity similarity = model.scorer(block).score(users, new DMatrixRMaj(1, DIMENSION), 0);

            double[] local = NaiveLookalike.mix(new double[] {0.5, 0.5}, block.clusters());
            assertArrayEquals(new double[] {0.5, 0.5}, similarity.localWeights(), 1e-15);
            assertEquals(NaiveLookalike.cosine(user, local), similarity.local(), 1e-9, "seed " + seed);
        }
    }

    @Test
    void anEmbeddingOfZerosIsLikeNobody() {
        Clusters opposite = new Clusters(1, new float[] {1, -1}, new int[] {1, 1});
        SeedBlock block = new SeedBlock(1, opposite, new float[] {0});
        SeedScorer scorer = new SeedScorer(block, 1, 0, 0.3, 0.7);

        Similarity similarity = scorer.score(new DMatrixRMaj(new double[] {2}), new DMatrixRMaj(1, 1), 0);

        assertEquals(0, similarity.global());
        assertEquals(0, similarity.local());
        assertEquals(0, similarity.score());
    }

    @Test
    void sizesCountInProportionWhenTheirWeightIsOne() {
        Clusters clusters = new Clusters(1, new float[] {1, 1, 1}, new int[] {1, Integer.MAX_VALUE, 1000});
        SeedScorer scorer = new SeedScorer(new SeedBlock(1, clusters, new float[] {1}), 1, 1, 0.3, 0.7);

        double[] weights = scorer.score(new DMatrixRMaj(new double[] {2}), new DMatrixRMaj(1, 1), 0)
                .localWeights();

        double sum = 1001.0 + Integer.MAX_VALUE;
        assertArrayEquals(new double[] {1 / sum, Integer.MAX_VALUE / sum, 1000 / sum}, weights, 1e-12);
    }
}
