package org.opensearch.ralm.trainer.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PaceTests {

    private static final long SECOND = 1_000_000_000;

    @Test
    void clicksAreDueAtASteadyRate() {
        Pace pace = new Pace(5, 1_000);
        assertEquals(5, pace.due(0));
        assertEquals(5 + SECOND / 1_000, pace.due(1));
        assertEquals(5 + SECOND, pace.due(1_000));
        assertEquals(5 + 300 * SECOND, pace.due(300_000));
    }

    @Test
    void aRateThatDoesNotDivideASecondDoesNotDrift() {
        Pace pace = new Pace(0, 3);
        assertEquals(333_333_333, pace.due(1));
        assertEquals(1_000_000 * SECOND, pace.due(3_000_000));
    }
}
