package org.opensearch.ralm.plugin.score;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
        ScoreParameters heavy = parameters(Map.of("alpha", 2.0, "beta", 3.0));
        assertEquals(0, heavy.scoreOf(-5), 0);
        assertEquals(1, heavy.scoreOf(5), 0);
        ScoreParameters light = parameters(Map.of("alpha", 0.3, "beta", 0.3));
        assertEquals(0.65, light.scoreOf(0.3), TOLERANCE);
    }

    private ScoreParameters parameters(Map<String, Object> more) {
        Map<String, Object> members = new HashMap<>(more);
        members.put("feed", "f");
        members.put("user_id", "u");
        return ScoreParameters.of(ScoreRequest.of(members), "f", user, model);
    }
}
