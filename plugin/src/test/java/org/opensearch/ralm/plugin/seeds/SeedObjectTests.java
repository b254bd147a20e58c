package org.opensearch.ralm.plugin.seeds;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.Clusters;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.test.OpenSearchTestCase;

public class SeedObjectTests extends OpenSearchTestCase {

    private static final int DIMENSION = 4;

    private final LookalikeModel model =
            new LookalikeModel(TestModels.artifact("m1", DIMENSION, LookalikeForm.DEFAULT, new Random(1)));
    private final BlockMaker maker = new BlockMaker(TestFeeds.feed("users", "m1", 3), model, true);
    private final Map<String, Object> object = new HashMap<>();

    private SeedBlock block(float... centroid) {
        return maker.block(new Clusters(DIMENSION, centroid, new int[] {1}));
    }

    private void describe(SeedBlock block, BlockMaker by) {
        SeedObject.describe(object, block, by, Instant.EPOCH, 0);
    }

    public void testTheGlobalEmbeddingGoesToItsField() {
        SeedBlock block = block(1, 2, 3, 4);
        describe(block, maker);
        List<Float> expected = new ArrayList<>();
        for (float value : block.global()) {
            expected.add(value);
        }
        assertEquals(expected, object.get("global"));
    }

    public void testAnEmbeddingThatIsNoLongerTrueIsTakenAway() {
        describe(block(1, 2, 3, 4), maker);
        describe(null, maker);
        assertFalse(object.containsKey("global"));
        describe(block(1, 2, 3, 4), maker);
        describe(block(1, 2, 3, 4), new BlockMaker(maker.feed(), model));
        assertFalse(object.containsKey("global"));
    }

    /** k-NN refuses documents with such vectors, and no cosine is defined for them. */
    public void testAnEmbeddingWithoutADirectionIsLeftOut() {
        describe(block(0, 0, 0, 0), maker);
        assertTrue(object.containsKey("seeds"));
        assertFalse(object.containsKey("global"));
    }
}
