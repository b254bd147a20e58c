package org.opensearch.ralm.plugin.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.lucene.search.Explanation;
import org.junit.jupiter.api.Test;
import org.opensearch.index.fielddata.NumericDoubleValues;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.kernel.SeedBlockKernel;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestModels;

class HitScoreTests {

    private static final double TOLERANCE = 1e-6;

    private final Random random = new Random(7);
    private final LookalikeModel model = new LookalikeModel(TestModels.artifact("m", 4, LookalikeForm.DEFAULT, random));
    private final float[] user = TestModels.unitVector(4, random);

    @Test
    void rawScoresEqualTheModelsOwn() {
        SeedBlockKernel kernel = new SeedBlockKernel(parameters(Map.of()).forKernel());
        for (int round = 0; round < 100; round++) {
            SeedBlock block = model.seedBlock(TestModels.clusters(20, 4, random));
            byte[] bytes = SeedBlockCodec.encode(block, Encoding.FLOAT32);
            assertEquals(model.score(user, block).score(), kernel.score(bytes, 0, bytes.length), TOLERANCE);
        }
    }

    @Test
    void similarityIsNeverNegativeWhateverTheWeights() {
        LookalikeScore heavy = new LookalikeScore(parameters(Map.of("alpha", 2.0, "beta", 3.0)));
        assertEquals(0, heavy.of(-5, 0), 0);
        assertEquals(1, heavy.of(5, 0), 0);
        LookalikeScore light = new LookalikeScore(parameters(Map.of("alpha", 0.3, "beta", 0.3)));
        assertEquals(0.65, light.of(0.3, 0), TOLERANCE);
    }

    /** The models of tests have γ = 10, α = 0.3 and β = 0.7, so w·γ = 5 and the constant is ln 2 + 5. */
    @Test
    void clicksAndSimilarityAreAddedAsLogits() throws IOException {
        PopularityScore score = popularity(0.5, 7, -3, 1e6);
        assertEquals(2.0149030 + 5 * 0.2 + 5.6931472, score.of(0.2, 0), TOLERANCE);
        assertEquals(0, score.of(-1, 1), TOLERANCE, "fewer than no clicks are none");
        assertEquals(13.8155111 - 5 * 0.4 + 5.6931472, score.of(-0.4, 2), TOLERANCE);
        assertEquals(-0.6931472 + 5 * 0.9 + 5.6931472, score.of(0.9, 3), TOLERANCE, "none where the field is missing");
    }

    @Test
    void clicksAloneCountWhereTheWeightIsZero() throws IOException {
        PopularityScore score = popularity(0, 7);
        assertEquals(score.of(-1, 0), score.of(1, 0), 0);
        assertEquals(2.0149030 + 0.6931472, score.of(1, 0), TOLERANCE);
    }

    @Test
    void noHitScoresMoreThanTheBound() throws IOException {
        for (double weight : new double[] {0, 0.5, 1e5}) {
            PopularityScore score = popularity(weight, Double.MAX_VALUE);
            assertTrue(score.of(1, 0) <= score.most());
            assertTrue(Float.isFinite(score.most()));
        }
    }

    @Test
    void explanationsOfClicksHaveTheScoresValueAndItsParts() throws IOException {
        Explanation raw = Explanation.match(0.2, "raw");
        Explanation explanation = popularity(0.5, 7).explain(raw, 0);
        assertEquals(8.7080502, explanation.getValue().doubleValue(), TOLERANCE);
        double sum = 0;
        for (Explanation part : explanation.getDetails()) {
            sum += part.getValue().doubleValue();
        }
        assertEquals(8.7080502, sum, TOLERANCE);
        assertEquals(raw, explanation.getDetails()[1].getDetails()[2]);
    }

    @Test
    void weightsThatLeaveNoRoomForClicksAreRefused() {
        Map<String, Object> heavy = Map.of("popularity", Map.of("field", "clicks", "weight", 100_001));
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> parameters(heavy));
        assertEquals(
                "[popularity.weight] is [100001.0], but times alpha + beta, 1.0, and gamma of model [m], 10.0, "
                        + "it must be at most 1000000.0",
                e.getMessage());
    }

    /** @param clicks of the first candidates; the others have none */
    private PopularityScore popularity(double weight, double... clicks) {
        Map<String, Object> member = Map.of("field", "ralm.clicks_1h", "weight", weight);
        return new PopularityScore(parameters(Map.of("popularity", member)), new NumericDoubleValues() {

            private int candidate;

            @Override
            public boolean advanceExact(int doc) {
                candidate = doc;
                return doc < clicks.length;
            }

            @Override
            public double doubleValue() {
                return clicks[candidate];
            }
        });
    }

    private ScoreParameters parameters(Map<String, Object> more) {
        Map<String, Object> members = new HashMap<>(more);
        members.put("feed", "f");
        members.put("user_id", "u");
        return ScoreParameters.of(ScoreRequest.of(members), "f", user, model);
    }
}
