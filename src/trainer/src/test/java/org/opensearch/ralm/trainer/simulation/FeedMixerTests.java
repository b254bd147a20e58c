package org.opensearch.ralm.trainer.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeedMixerTests {
    private static final float[] DESCENDING = {9, 8, 7, 6, 5, 4, 3, 2, 1, 0};
    private static final float NO = Float.NaN;

    @Test
    void baseHasAllSlotsWithoutLookalike() {
        assertEquals(set(0, 1, 2, 3), feed(4, 2, 0, DESCENDING, null, set()));
    }

    @Test
    void lookalikeFillsItsSlotsWithWhatIsNotThereYet() {
        float[] lookalike = {9, NO, NO, NO, NO, NO, NO, NO, 8, 7};

        assertEquals(set(0, 1, 8, 9), feed(4, 2, 0, DESCENDING, lookalike, set()));
    }

    @Test
    void whatLookalikeCannotFillFallsToTheBase() {
        float[] lookalike = {NO, NO, NO, NO, NO, NO, NO, NO, NO, 1};

        assertEquals(set(0, 1, 2, 9), feed(4, 2, 0, DESCENDING, lookalike, set()));
    }

    @Test
    void nothingExcludedIsShown() {
        BitSet excluded = set(0, 2, 4, 6, 8);

        for (int seed = 0; seed < 50; seed++) {
            BitSet shown = new FeedMixer(5, 1, 2).feed(DESCENDING, DESCENDING, excluded, new Random(seed));
            assertEquals(set(1, 3, 5, 7, 9), shown);
        }
    }

    @Test
    void aShortPoolGivesAShortFeed() {
        assertEquals(set(9), feed(4, 1, 1, DESCENDING, DESCENDING, set(0, 1, 2, 3, 4, 5, 6, 7, 8)));
    }

    @Test
    void explorationReachesAllCandidates() {
        BitSet reached = new BitSet();
        for (int seed = 0; seed < 200; seed++) {
            BitSet shown = new FeedMixer(3, 0, 1).feed(DESCENDING, null, set(), new Random(seed));
            assertEquals(3, shown.cardinality());
            assertTrue(shown.get(0) && shown.get(1));
            reached.or(shown);
        }
        assertEquals(10, reached.cardinality());
    }

    private static BitSet feed(
            int slots, int fromLookalike, int atRandom, float[] base, float[] lookalike, BitSet excluded) {
        return new FeedMixer(slots, fromLookalike, atRandom).feed(base, lookalike, excluded, new Random(1));
    }

    private static BitSet set(int... places) {
        BitSet set = new BitSet();
        IntStream.of(places).forEach(set::set);
        return set;
    }
}
