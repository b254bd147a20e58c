package org.opensearch.ralm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimeSplitTests {

    @Test
    void cutsByTheNumberOfEvents() {
        assertEquals(new TimeSplit(6, 8, 10), TimeSplit.of(clicksAt(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 0.6, 0.2));
    }

    @Test
    void neverPartsEventsOfOneSecond() {
        assertEquals(new TimeSplit(4, 8, 10), TimeSplit.of(clicksAt(1, 2, 3, 4, 5, 5, 5, 5, 9, 9), 0.6, 0.3));
    }

    @Test
    void refusesSharesThatLeaveASpanEmpty() {
        Events events = clicksAt(1, 2, 3);
        for (double[] shares : new double[][] {{0, 0.5}, {0.8, 0.2}, {0.5, -0.1}, {Double.NaN, 0.2}}) {
            String message = assertThrows(
                            IllegalArgumentException.class, () -> TimeSplit.of(events, shares[0], shares[1]))
                    .getMessage();
            assertTrue(message.contains("got " + shares[0] + " and " + shares[1]), message);
        }
    }

    @Test
    void validationMeasuresTheLastQuarterOfPhaseTwo() {
        Events events = clicksAt(1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 9, 10, 11, 12, 13);
        TimeSplit split = new TimeSplit(2, 10, 15);
        assertEquals(new TimeSplit(2, 7, 10), split.validation(events), "8 is one second");
        assertEquals(new TimeSplit(2, 8, 10), split.validation(clicksAt(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)));
    }

    @Test
    void aSinglePhaseLearnsFromAllBeforeTheTest() {
        assertEquals(new TimeSplit(8, 8, 10), new TimeSplit(6, 8, 10).withPhase1UpToTest());
    }

    @Test
    void clicksOfUnknownTimeBelongToPhase1AndToNoShare() {
        Events.Builder events = new Events.Builder();
        for (int time = 0; time < 30; time++) {
            events.add(0, 0, time);
        }
        assertEquals(
                new TimeSplit(26, 28, 30), TimeSplit.of(events.untimedBefore(20).build(), 0.6, 0.2));
    }

    @Test
    void blocksCoverTheSpanAndSkipEmptyStretches() {
        Events events = clicksAt(0, 1, 5, 9, 10, 14, 31, 35);
        assertEquals(
                List.of(new Block(1, 11, 1, 5), new Block(11, 21, 5, 6), new Block(31, 41, 6, 8)),
                Block.cut(events, 1, 8, 10));
        assertThrows(IllegalArgumentException.class, () -> Block.cut(events, 0, 1, 0));
    }

    @Test
    void theLastBlockEndsWhereTheEventsAfterTheSpanBegin() {
        Events events = clicksAt(0, 1, 5, 9, 10, 10, 14);
        assertEquals(List.of(new Block(1, 9, 1, 3)), Block.cut(events, 1, 3, 10));
        assertEquals(List.of(new Block(1, 11, 1, 5)), Block.cut(events, 1, 5, 10));
        assertEquals(List.of(new Block(10, 14, 4, 6)), Block.cut(events, 4, 6, 10));
        assertEquals(10, events.horizon(4));
        assertEquals(11, events.horizon(5));
        assertEquals(Long.MAX_VALUE, events.horizon(7));
        assertEquals(4, events.firstOfSecond(5));
        assertEquals(7, events.firstOfSecond(7));
    }

    private static Events clicksAt(long... times) {
        Events.Builder builder = new Events.Builder();
        Arrays.stream(times).forEach(time -> builder.add(0, 0, time));
        return builder.build();
    }
}
