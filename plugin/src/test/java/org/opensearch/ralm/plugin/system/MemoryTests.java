package org.opensearch.ralm.plugin.system;

import java.util.concurrent.TimeUnit;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.ralm.plugin.TestMemory;
import org.opensearch.test.OpenSearchTestCase;

public class MemoryTests extends OpenSearchTestCase {

    private final TestMemory breaker = TestMemory.of(100);
    private final Memory memory = breaker.memory();

    public void testReservationIsGivenBackOnceHoweverOftenItIsClosed() {
        memory.take(10, "kept");
        Reservation reservation = memory.reserve(50, "test");
        reservation.add(30);
        assertEquals(90, memory.used());
        reservation.close();
        reservation.close();
        assertEquals(10, memory.used());
    }

    public void testRefusalIsA429AndLeavesWhatWasTakenBefore() {
        assertFalse(memory.hasRefusedWithin(Long.MAX_VALUE));
        try (Reservation reservation = memory.reserve(90, "test")) {
            CircuitBreakingException refused = expectThrows(CircuitBreakingException.class, () -> reservation.add(11));
            assertEquals(RestStatus.TOO_MANY_REQUESTS, refused.status());
            assertEquals(90, memory.used());
        }
        assertEquals(0, memory.used());
        assertEquals(1, memory.refusals());
        assertTrue(memory.hasRefusedWithin(TimeUnit.HOURS.toNanos(1)));
    }
}
