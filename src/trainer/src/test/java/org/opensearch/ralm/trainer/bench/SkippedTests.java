package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class SkippedTests {

    private static final double[] SCORES = {0.1, 0.5, 0.9, 0.2};
    private static final double[] BOUNDS = {0.3, 0.9, 1, 0.4};

    @Test
    void whatIsBoundedByTheKthScoreIsSkippedOnceItIsKnown() {
        Skipped one = new Skipped(1);
        one.add(SCORES, BOUNDS);
        assertEquals(0.75, one.knowing());
        assertEquals(0.25, one.inOrder());
        Skipped two = new Skipped(2);
        two.add(SCORES, BOUNDS);
        assertEquals(0.5, two.knowing());
        assertEquals(0.25, two.inOrder());
    }

    @Test
    void fewerCandidatesThanAreWantedAreAllScored() {
        Skipped many = new Skipped(10);
        many.add(SCORES, BOUNDS);
        assertEquals(0, many.knowing());
        assertEquals(0, many.inOrder());
    }
}
