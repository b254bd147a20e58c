package org.opensearch.ralm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class EventsTests {

    @Test
    void sortsByTimeAndKeepsTheOrderWithinASecond() {
        record Click(int user, int item, long time) {}
        Random random = new Random(7);
        Events.Builder builder = new Events.Builder();
        List<Click> clicks = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            Click click = new Click(random.nextInt(50), i, random.nextInt(300) - 150L);
            clicks.add(click);
            builder.add(click.user(), click.item(), click.time());
        }
        clicks.sort(Comparator.comparingLong(Click::time));
        Events events = builder.build();
        for (int i = 0; i < clicks.size(); i++) {
            assertEquals(clicks.get(i), new Click(events.user(i), events.item(i), events.time(i)));
        }
    }

    @Test
    void sortsTimesOfAnyRange() {
        Events events = new Events.Builder()
                .add(0, 0, Long.MAX_VALUE)
                .add(1, 1, Long.MIN_VALUE)
                .add(2, 2, 0)
                .build();
        assertEquals(Long.MIN_VALUE, events.time(0));
        assertEquals(0, events.item(2));
    }

    @Test
    void findsTheFirstEventAtOrAfterATime() {
        Events events =
                new Events.Builder().add(0, 0, 10).add(0, 1, 10).add(0, 2, 20).build();
        assertEquals(0, events.firstAtOrAfter(10));
        assertEquals(2, events.firstAtOrAfter(11));
        assertEquals(3, events.firstAtOrAfter(21));
    }

    @Test
    void contextsStayWithTheirClicks() {
        Events events = new Events.Builder()
                .add(1, 0, 30, 2)
                .add(0, 0, 10, 5)
                .add(1, 0, 20, 0)
                .build();
        assertTrue(events.hasContexts());
        assertEquals(6, events.contexts());
        assertEquals(List.of(5, 0, 2), List.of(events.context(0), events.context(1), events.context(2)));
        UserHistory history = UserHistory.of(events, 2);
        assertEquals(0, history.context(history.start(1)));
        assertEquals(2, history.context(history.start(1) + 1));
        assertFalse(new Events.Builder().add(0, 0, 1).build().hasContexts());
        Events.Builder mixed = new Events.Builder().add(0, 0, 1).add(0, 0, 2, 3);
        assertEquals(
                "1 of 2 clicks have a context",
                assertThrows(IllegalStateException.class, mixed::build).getMessage());
    }

    @Test
    void clicksOfUnknownTimeAreTheFirst() {
        Events events = new Events.Builder()
                .add(0, 0, 100)
                .add(0, 1, 40)
                .add(1, 1, 41)
                .untimedBefore(50)
                .build();
        assertEquals(2, events.untimed());
        assertEquals(0, new Events.Builder().add(0, 0, 100).build().untimed());
    }

    @Test
    void historyHoldsEachUsersClicksStrictlyBeforeAMoment() {
        Events events = new Events.Builder()
                .add(1, 5, 30)
                .add(0, 6, 10)
                .add(1, 7, 20)
                .add(1, 8, 30)
                .build();
        UserHistory history = UserHistory.of(events, 3);
        assertEquals(1, history.endBefore(1, 30) - history.start(1));
        assertEquals(7, history.item(history.start(1)));
        assertEquals(3, history.endBefore(1, 31) - history.start(1));
        assertEquals(0, history.end(2) - history.start(2));
        assertTrue(history.clickedBefore(1, 5, 31));
        assertFalse(history.clickedBefore(1, 5, 30));
    }
}
