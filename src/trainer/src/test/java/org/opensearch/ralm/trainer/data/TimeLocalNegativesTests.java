package org.opensearch.ralm.trainer.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class TimeLocalNegativesTests {
    private static final int USERS = 10;

    @Test
    void drawsOtherUsersItemsInProportionToTheirClicksInTheBlock() {
        Events.Builder builder = new Events.Builder().add(9, 4, 0);
        for (int user = 1; user <= 6; user++) {
            builder.add(user, 1, 10);
        }
        builder.add(1, 2, 11).add(2, 2, 11);
        builder.add(0, 3, 12).add(1, 3, 12);
        builder.add(0, 5, 99);
        TimeLocalNegatives sampler = sampler(builder.build());

        int[] drawn = new int[6];
        Random random = new Random(1);
        for (int i = 0; i < 40_000; i++) {
            drawn[sampler.draw(0, random)]++;
        }
        // Item 3 is the user's own, item 4 lies before the block, item 5 after it.
        assertEquals(0.75, drawn[1] / 40_000.0, 0.01);
        assertEquals(0.25, drawn[2] / 40_000.0, 0.01);
    }

    @Test
    void neverDrawsWhatTheUserClickedEarlierOrLaterInTheBlock() {
        Events events = new Events.Builder()
                .add(0, 1, 0)
                .add(1, 1, 10)
                .add(1, 2, 10)
                .add(0, 2, 19)
                .build();
        assertEquals(-1, sampler(events).draw(0, new Random(1)));
    }

    @Test
    void findsNothingWhereNothingIsEligible() {
        Events events = new Events.Builder().add(1, 0, 10).build();
        assertEquals(-1, sampler(events).draw(0, new Random(1)));
    }

    /** A sampler over the seconds 10 to 19 that may draw all items but 0. */
    private static TimeLocalNegatives sampler(Events events) {
        Block block = new Block(10, 20, events.firstAtOrAfter(10), events.firstAtOrAfter(20));
        return new TimeLocalNegatives(events, UserHistory.of(events, USERS), block, item -> item != 0);
    }
}
