package org.opensearch.ralm.trainer.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.live.Click;

class VisitsTests {

    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    void visitorsAreTheUsersOfClicksThatAreYetToBeSent() {
        List<Click> clicks = List.of(
                new Click("a", "u1", 0), new Click("b", "u2", 1), new Click("c", "u3", 2), new Click("d", "u4", 3));
        Visits visits = new Visits(clicks);
        assertEquals(Optional.of(clicks.get(0)), visits.next());
        assertEquals(Optional.of(clicks.get(1)), visits.next());
        visits.sentUntil(3);
        assertEquals(Optional.of(clicks.get(3)), visits.next());
        assertEquals(Optional.empty(), visits.next());
    }

    @Test
    void popularityIsThatOfTheDayBeforeByTheReplaysClock() {
        Random random = new Random(1);
        List<Click> clicks = new ArrayList<>();
        long hour = 0;
        for (int i = 0; i < 500; i++) {
            hour += random.nextInt(3);
            clicks.add(new Click("c" + random.nextInt(5), "u" + i, hour * HOUR));
        }
        Visits visits = new Visits(clicks);
        for (int sent = 0; sent < clicks.size(); sent += 1 + random.nextInt(9)) {
            visits.sentUntil(sent);
            Click next = visits.next().orElseThrow();
            int place = clicks.indexOf(next);
            for (int c = 0; c < 5; c++) {
                String candidate = "c" + c;
                long expected = clicks.subList(0, place).stream()
                        .filter(click -> click.candidate().equals(candidate))
                        .filter(click -> click.time() > next.time() - 24 * HOUR)
                        .count();
                assertEquals(expected, visits.clicksOfLastDay(candidate));
            }
        }
    }
}
