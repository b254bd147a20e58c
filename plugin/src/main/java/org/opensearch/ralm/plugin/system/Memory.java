package org.opensearch.ralm.plugin.system;

import java.util.concurrent.atomic.LongAdder;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.common.breaker.CircuitBreakingException;

/**
 * What the plugin holds of the heap in proportion to requests or to data, as its circuit breaker knows it. Whoever takes
 * bytes gives them back, whatever happens. Safe for use by several threads.
 */
public final class Memory {

    private final CircuitBreaker breaker;
    private final LongAdder refusals = new LongAdder();
    private volatile long refusedAt = Long.MIN_VALUE;

    /**
     * @param breaker accounts for the bytes
     */
    public Memory(CircuitBreaker breaker) {
        this.breaker = breaker;
    }

    /**
     * Takes bytes.
     *
     * @param label what for, as the refusal says it
     * @throws CircuitBreakingException if there are not so many left, for the plugin or the whole node; over HTTP a 429
     */
    public void take(long bytes, String label) {
        try {
            breaker.addEstimateBytesAndMaybeBreak(bytes, label);
        } catch (CircuitBreakingException e) {
            refusals.increment();
            refusedAt = System.nanoTime();
            throw e;
        }
    }

    /** Gives bytes back. */
    public void giveBack(long bytes) {
        breaker.addWithoutBreaking(-bytes);
    }

    /**
     * Takes bytes until the reservation is closed.
     *
     * @param label what for, as the refusal says it
     * @throws CircuitBreakingException as {@link #take}
     */
    public Reservation reserve(long bytes, String label) {
        take(bytes, label);
        return new Reservation(this, bytes, label);
    }

    /** How many bytes are taken. */
    public long used() {
        return breaker.getUsed();
    }

    /** How often bytes were refused. */
    public long refusals() {
        return refusals.sum();
    }

    /** Whether bytes were refused within the last nanoseconds. */
    public boolean hasRefusedWithin(long nanoseconds) {
        return refusals() > 0 && System.nanoTime() - refusedAt <= nanoseconds;
    }
}
