package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScoreSpreadTests {

    @Test
    void clicksAreTakenTogetherWithTheOthersAndAlone() {
        ScoreSpread spread = ScoreSpread.of(
                new float[] {0.5f, -0.5f, 1, 0, -0.5f, -0.5f}, new boolean[] {true, false, true, false, false, false});
        assertEquals(2 / 6.0, spread.clickRate(), 1e-12);
        assertEquals(0, spread.mean(), 1e-12);
        assertEquals(Math.sqrt(2.0 / 6), spread.std(), 1e-12);
        assertEquals(0.75, spread.clickedMean(), 1e-12);
        assertEquals(0.25, spread.clickedStd(), 1e-12);
    }
}
