package org.opensearch.ralm.trainer.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeedOptions;

class ColdCandidatesTests {

    private final Dataset dataset = SyntheticFeed.generate(
                    SyntheticFeedOptions.parse("users=200,items=200,events=4000,days=12,interests=5"))
            .dataset();
    private final SeedIndex seeds =
            SeedIndex.of(dataset.events(), dataset.items().size());
    private final Block block = block(dataset);
    private final ColdCandidates cold = ColdCandidates.of(dataset, seeds, block, 1000);

    private static Block block(Dataset dataset) {
        TimeSplit split = TimeSplit.standard(dataset.events());
        return dataset.timing()
                .blocks(dataset.events(), split.test(), split.end())
                .getFirst();
    }

    @Test
    void nobodyHadClickedThem() {
        assertFalse(cold.isEmpty());
        for (int item : cold.items()) {
            assertEquals(0, seeds.seedCount(item, block.start()));
            assertTrue(seeds.seedCount(item, block.end()) > 0);
        }
        for (int item : cold.cases().items()) {
            assertTrue(Arrays.binarySearch(cold.items(), item) >= 0);
        }
    }

    @Test
    void whoRanksEveryClickFirstReachesOneAndWhoKnowsNothingAHalf() {
        ColdFigures best = cold.measure((time, users, times, candidates) -> {
            float[] scores = new float[candidates.ids().length];
            for (int row = 0; row < users.length; row++) {
                scores[candidates.start(row)] = 1;
            }
            return scores;
        });
        assertEquals(1, best.auc());
        assertEquals(cold.items().length, best.candidates());
        assertEquals(cold.cases().cases(), best.clicks());
        assertEquals(
                0.5,
                cold.measure((time, users, times, candidates) -> new float[candidates.ids().length])
                        .auc());
    }

    @Test
    void whatNothingIsKnownOfIsLeftOut() {
        Dataset nameless = TinyWorld.dataset();
        assertEquals(List.of(), nameless.itemAttributes());
        SeedIndex index = SeedIndex.of(nameless.events(), nameless.items().size());
        assertTrue(ColdCandidates.of(nameless, index, block(nameless), 1000).isEmpty());
    }
}
