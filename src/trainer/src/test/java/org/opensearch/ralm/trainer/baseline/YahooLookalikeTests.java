package org.opensearch.ralm.trainer.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;

/**
 * Five users, of whom 0, 1 and 2 are red, 3 and 4 blue; 0, 1 and 3 clicked item 0, user 4 clicked item 1, and user 2 has
 * not clicked anything by the moment 10. So red has p = 2/3, q = 2/4; blue has p = 1/3, q = 2/4; having read item 0 has
 * p = 1, clipped to 5/6, q = 3/4.
 */
final class YahooLookalikeTests {

    private static final float NONE = Float.NaN;
    private static final double RED = (2.0 / 3 - 0.5) * Math.log(2.0 / 3 * 0.5 / (1.0 / 3 * 0.5));
    private static final double READ = (5.0 / 6 - 0.75) * Math.log(5.0 / 6 * 0.25 / (1.0 / 6 * 0.75));

    private final Dataset dataset = Clicks.dataset(
            2, List.of("red", "red", "red", "blue", "blue"), new float[] {NONE, NONE, NONE, NONE, NONE}, new int[][] {
                {0, 0, 1}, {1, 0, 2}, {3, 0, 3}, {4, 1, 4}, {2, 0, 10}
            });

    @Test
    void workedExampleOfTheFormulaAsPrinted() {
        SparseVector weights = weights(YahooLookalike.Variant.HALF_OF_SEEDS);
        assertArrayEquals(new int[] {0, 12}, weights.features());
        // (1/6) ln 2 = 0.1155 and (1/12) ln (5/3) = 0.0426
        assertEquals(0.11552453, RED, 1e-8);
        assertEquals(0.04256880, READ, 1e-8);
        assertArrayEquals(new float[] {(float) RED, (float) READ}, weights.values(), 1e-7f);
    }

    @Test
    void theFormulaAsPrintedCountsWhatMostSeedsHaveEvenIfMoreOthersHaveIt() {
        Dataset common = Clicks.dataset(
                2,
                List.of("red", "red", "blue", "red", "red", "red"),
                new float[] {NONE, NONE, NONE, NONE, NONE, NONE},
                new int[][] {{0, 0, 1}, {1, 0, 1}, {2, 0, 1}, {3, 1, 1}, {4, 1, 1}, {5, 1, 1}});
        int[] asPrinted = weights(common, YahooLookalike.Variant.HALF_OF_SEEDS).features();
        int[] moreThanAll =
                weights(common, YahooLookalike.Variant.MORE_THAN_ALL).features();
        assertArrayEquals(new int[] {0, 12}, asPrinted, "red has p = 2/3 and q = 5/6");
        assertArrayEquals(new int[] {1, 12}, moreThanAll, "blue has p = 1/3 and q = 1/6");
    }

    @Test
    void normalizedWeightsSumToOne() {
        SparseVector weights = weights(YahooLookalike.Variant.MORE_THAN_ALL_NORMALIZED);
        assertArrayEquals(
                new float[] {(float) (RED / (RED + READ)), (float) (READ / (RED + READ))}, weights.values(), 1e-6f);
    }

    @Test
    void anItemWithoutSeedsScoresEverybodyAlike() {
        LinearModel model =
                learner(dataset, YahooLookalike.Variant.MORE_THAN_ALL).at(1).apply(0);
        assertEquals(0, model.weights().features().length);
        assertEquals(0, model.bias());
    }

    private SparseVector weights(YahooLookalike.Variant variant) {
        return weights(dataset, variant);
    }

    private static SparseVector weights(Dataset of, YahooLookalike.Variant variant) {
        LinearModel model = learner(of, variant).at(10).apply(0);
        assertEquals(0, model.bias());
        return model.weights();
    }

    private static YahooLookalike learner(Dataset of, YahooLookalike.Variant variant) {
        return new YahooLookalike(of, SeedIndex.of(of.events(), of.items().size()), 100, variant);
    }
}
