package org.opensearch.ralm.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackOffTests {

    private final List<Long> waits = new ArrayList<>();
    private final BackOff backOff = new BackOff(6, 100, 1_000, waits::add);
    private int calls;

    @ParameterizedTest
    @ValueSource(ints = {0, 429, 502, 503, 504})
    void whatMayPassIsTriedAgainUntilItSucceeds(int status) {
        assertEquals("done", backOff.call(failing(3, status)));
        assertEquals(4, calls);
        assertEquals(3, waits.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 401, 403, 404, 409, 413, 500})
    void whatCannotPassIsNotTriedAgain(int status) {
        ClusterException fault = assertThrows(ClusterException.class, () -> backOff.call(failing(3, status)));
        assertEquals("fault 1", fault.getMessage());
        assertEquals(1, calls);
        assertEquals(List.of(), waits);
    }

    @Test
    void itGivesUpAfterTheLastAttemptWithTheLastFault() {
        ClusterException fault = assertThrows(ClusterException.class, () -> backOff.call(failing(100, 503)));
        assertEquals("fault 6", fault.getMessage());
        assertEquals(6, calls);
        assertEquals(5, waits.size());
    }

    @Test
    void waitsDoubleUpToTheLongestWithJitterOfHalf() {
        assertThrows(ClusterException.class, () -> backOff.call(failing(100, 503)));
        long[] full = {100, 200, 400, 800, 1_000};
        for (int i = 0; i < full.length; i++) {
            assertTrue(waits.get(i) >= full[i] / 2 && waits.get(i) <= full[i], waits.toString());
        }
    }

    @Test
    void veryManyAttemptsDoNotOverflowTheWait() {
        BackOff patient = new BackOff(200, 200, 10_000, waits::add);
        assertThrows(ClusterException.class, () -> patient.call(failing(1_000, 0)));
        assertTrue(waits.stream().allMatch(wait -> wait >= 100 && wait <= 10_000), waits.toString());
    }

    @Test
    void anInterruptionEndsTheWaitWithTheFaultAndStaysVisible() {
        BackOff interrupted = new BackOff(6, 100, 1_000, millis -> {
            throw new InterruptedException();
        });
        ClusterException fault = new ClusterException("busy", 503, null);
        assertSame(fault, assertThrows(ClusterException.class, () -> interrupted.waitAfter(1, fault)));
        assertTrue(Thread.interrupted());
    }

    private Supplier<String> failing(int times, int status) {
        return () -> {
            calls++;
            if (calls <= times) {
                throw new ClusterException("fault " + calls, status, null);
            }
            return "done";
        };
    }
}
