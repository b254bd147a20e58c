package org.opensearch.ralm.trainer.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.data.Dataset;

final class MultiHotTests {

    /** Features: red 0, blue 1; then age; then items. */
    private final Dataset dataset =
            Clicks.dataset(4, List.of("red", "blue", "blue"), new float[] {20, Float.NaN, 60}, new int[][] {
                {0, 3, 1}, {0, 1, 2}, {0, 3, 3}, {1, 2, 4}, {2, 0, 5}
            });

    @Test
    void aValueIsOneFeatureHoweverOftenItOccursAndNumbersAreScaled() {
        MultiHot encoding = new MultiHot(dataset, MultiHot.Numbers.SCALED);
        assertEquals(2 + 1 + 4, encoding.features());
        List<SparseVector> users = encoding.encode(new int[] {0, 1, 2}, 10);
        assertArrayEquals(new int[] {0, 2, 4, 6}, users.get(0).features());
        assertArrayEquals(new float[] {1, 0, 1, 1}, users.get(0).values());
        assertArrayEquals(new int[] {1, 5}, users.get(1).features());
        assertArrayEquals(new int[] {1, 2, 3}, users.get(2).features());
        assertArrayEquals(new float[] {1, 1, 1}, users.get(2).values());
    }

    @Test
    void numbersByTenthsAreOneOfTenFeatures() {
        MultiHot encoding = new MultiHot(dataset, MultiHot.Numbers.TENTHS);
        assertEquals(2 + 10 + 4, encoding.features());
        List<SparseVector> users = encoding.encode(new int[] {0, 2}, 0);
        assertArrayEquals(new int[] {0, 2}, users.get(0).features());
        assertArrayEquals(new int[] {1, 11}, users.get(1).features());
        assertArrayEquals(new float[] {1, 1}, users.get(1).values());
    }

    @Test
    void clicksAtTheMomentAreNotKnown() {
        MultiHot encoding = new MultiHot(dataset, MultiHot.Numbers.SCALED);
        assertArrayEquals(
                new int[] {0, 2, 6},
                encoding.encode(new int[] {0}, new long[] {2}).get(0).features());
    }

    @Test
    void knowsWhichFeatureSaysThatAnItemWasClicked() {
        assertArrayEquals(new int[] {2 + 1 + 3}, new MultiHot(dataset, MultiHot.Numbers.SCALED).ofClicking(3));
    }
}
