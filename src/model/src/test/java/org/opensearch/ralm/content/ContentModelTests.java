package org.opensearch.ralm.content;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.artifact.ContentForm;
import org.opensearch.ralm.artifact.ExampleArtifacts;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.hash.Murmur3;
import org.opensearch.ralm.lookalike.LookalikeModel;

class ContentModelTests {

    private static final ContentForm FORM = new ContentForm(16, List.of("tags", "category"));
    private static final int H = 3;
    private static final ModelArtifact ARTIFACT =
            ExampleArtifacts.withContent(ExampleArtifacts.artifact(LookalikeForm.DEFAULT, 4, H, 2, 1), FORM, 7);
    private static final ContentModel MODEL = ContentModel.of(ARTIFACT).orElseThrow();

    @Test
    void pseudoSeedsAreTheSumOfEachFieldsMeanPlusTheBiasAtLengthOne() {
        Map<String, List<String>> content = Map.of("tags", List.of("cats", "dogs"), "category", List.of("pets"));
        double[] expected = new double[H];
        double squares = 0;
        for (int d = 0; d < H; d++) {
            expected[d] = ARTIFACT.tensor("content.bias").values()[d]
                    + (weight("tags=cats", d) + weight("tags=dogs", d)) / 2
                    + weight("category=pets", d);
            squares += expected[d] * expected[d];
        }

        float[] seed = MODEL.pseudoSeed(content).orElseThrow();

        for (int d = 0; d < H; d++) {
            assertEquals(expected[d] / Math.sqrt(squares), seed[d], 1e-6);
        }
    }

    @Test
    void theOrderOfValuesAndRepeatedOnesDoNotMatter() {
        float[] seed = MODEL.pseudoSeed(Map.of("tags", List.of("a", "b", "c"))).orElseThrow();

        assertArrayEquals(
                seed,
                MODEL.pseudoSeed(Map.of("tags", List.of("c", "a", "b", "a"))).orElseThrow());
        assertArrayEquals(
                seed,
                MODEL.pseudoSeed(Map.of("tags", new LinkedHashSet<>(List.of("b", "c", "a"))))
                        .orElseThrow());
    }

    @Test
    void nothingIsSaidOfACandidateOfWhichNothingIsKnown() {
        assertEquals(Optional.empty(), MODEL.pseudoSeed(Map.of()));
        assertEquals(Optional.empty(), MODEL.pseudoSeed(Map.of("tags", List.of(), "colour", List.of("red"))));
    }

    @Test
    void aVectorWithoutDirectionIsNoPseudoSeed() {
        ContentModel zero = new ContentModel(FORM, new float[16 * H], new float[H]);

        assertEquals(Optional.empty(), zero.pseudoSeed(Map.of("tags", List.of("a"))));
    }

    /** Written down so that what is published can be made and read elsewhere: these must never change. */
    @Test
    void valuesFallIntoTheBucketsThatTheFormatSays() {
        ContentForm form = new ContentForm(4096, List.of("tags", "genres"));

        ContentFeatures features =
                ContentFeatures.of(form, Map.of("tags", List.of("été", "café"), "genres", List.of("Sci-Fi")));

        assertArrayEquals(new int[] {2387, 2470, 1314}, features.buckets());
        assertArrayEquals(new float[] {0.5f, 0.5f, 1}, features.weights());
    }

    @Test
    void manyValuesAreTaken() {
        List<String> values =
                IntStream.range(0, 1000).mapToObj(Integer::toString).toList();

        assertEquals(1000, ContentFeatures.of(FORM, Map.of("tags", values)).size());
    }

    @Test
    void aPseudoSeedsBlockScoresAsItsCosine() {
        LookalikeModel model = new LookalikeModel(ARTIFACT);
        Map<String, List<String>> content = Map.of("tags", List.of("cats"));
        SeedBlock block = model.pseudoSeedBlock(content).orElseThrow();
        float[] seed = MODEL.pseudoSeed(content).orElseThrow();
        float[] user = {0.6f, 0, -0.8f};
        double cosine = seed[0] * 0.6 - seed[2] * 0.8;

        assertArrayEquals(new int[] {1}, block.clusters().sizes());
        assertEquals(cosine, model.score(user, block).score(), 1e-6);
        assertEquals(
                Optional.empty(),
                new LookalikeModel(ExampleArtifacts.artifact(LookalikeForm.DEFAULT, 4, H, 2, 1))
                        .pseudoSeedBlock(content));
    }

    @Test
    void weightsThatDoNotFitAreRefused() {
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class, () -> new ContentModel(FORM, new float[16 * H - 1], new float[H]));

        assertEquals("16 buckets of dimension 3 need 48 weights, but there are 47", e.getMessage());
    }

    private static double weight(String feature, int d) {
        return ARTIFACT.tensor("content.weight").values()[bucket(feature, FORM.buckets()) * H + d];
    }

    private static int bucket(String feature, int buckets) {
        return (int) (Integer.toUnsignedLong(Murmur3.hash(feature.getBytes(StandardCharsets.UTF_8))) % buckets);
    }
}
