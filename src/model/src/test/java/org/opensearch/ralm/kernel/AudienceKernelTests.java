package org.opensearch.ralm.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opensearch.ralm.artifact.ExampleArtifacts;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.RandomBlocks;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.lookalike.Similarity;

class AudienceKernelTests {

    private static final double TOLERANCE = 1e-6;

    private final Random random = new Random(7);

    static List<Arithmetic> all() {
        return Arithmetics.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void aUserScoresForACandidateAsTheCandidateForTheUser(Arithmetic arithmetic) {
        for (LookalikeForm form : List.of(LookalikeForm.DEFAULT, LookalikeForm.PAPER)) {
            for (int dimension : new int[] {1, 3, 32, 100, 128}) {
                LookalikeModel model =
                        new LookalikeModel(ExampleArtifacts.artifact(form, dimension + 1, dimension, 4, 5));
                for (int clusters : new int[] {20, 1, 128}) {
                    SeedBlock block = model.seedBlock(clusters(clusters, dimension));
                    AudienceKernel kernel = new AudienceKernel(audience(model, block), arithmetic);
                    for (int u = 0; u < 5; u++) {
                        assertScore(model, block, RandomBlocks.gaussian(random, dimension), kernel);
                    }
                }
            }
        }
    }

    private static void assertScore(LookalikeModel model, SeedBlock block, float[] user, AudienceKernel kernel) {
        Similarity expected = model.score(user, block);
        assertEquals(expected.score(), kernel.score(user), TOLERANCE);
        assertEquals(expected.global(), kernel.global(), TOLERANCE);
        assertEquals(expected.local(), kernel.local(), TOLERANCE);
        for (int j = 0; j < kernel.clusters(); j++) {
            assertEquals(expected.localWeights()[j], kernel.weight(j), TOLERANCE);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void vectorsOfNoLengthHaveNoDirectionToShare(Arithmetic arithmetic) {
        LookalikeModel model = new LookalikeModel(ExampleArtifacts.artifact(LookalikeForm.DEFAULT, 9, 8, 4, 5));
        SeedBlock nowhere = model.seedBlock(new Clusters(8, new float[16], new int[] {3, 4}));
        AudienceKernel kernel = new AudienceKernel(audience(model, nowhere), arithmetic);
        assertEquals(0, kernel.score(RandomBlocks.gaussian(random, 8)));
        AudienceKernel other = new AudienceKernel(audience(model, model.seedBlock(clusters(3, 8))), arithmetic);
        assertEquals(0, other.score(new float[8]));
    }

    private static Audience audience(LookalikeModel model, SeedBlock block) {
        LookalikeForm form = model.manifest().form();
        return new Audience(new AudienceParameters(
                block,
                model.localKeys(block.clusters()),
                form.localTemperature(),
                form.localSizeWeight(),
                model.manifest().alpha(),
                model.manifest().beta()));
    }

    private Clusters clusters(int count, int dimension) {
        float[] centroids = RandomBlocks.gaussian(random, count * dimension);
        for (int i = 0; i < centroids.length; i++) {
            centroids[i] /= (float) Math.sqrt(dimension);
        }
        return new Clusters(dimension, centroids, random.ints(count, 1, 50_000).toArray());
    }
}
