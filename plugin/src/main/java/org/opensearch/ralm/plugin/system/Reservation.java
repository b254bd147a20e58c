package org.opensearch.ralm.plugin.system;

import java.util.concurrent.atomic.AtomicLong;
import org.opensearch.common.lease.Releasable;

/** Bytes of the {@link Memory} that are taken until this is closed, once or more often. Safe for several threads. */
public final class Reservation implements Releasable {

    private final Memory memory;
    private final String label;
    private final AtomicLong bytes;

    Reservation(Memory memory, long bytes, String label) {
        this.memory = memory;
        this.label = label;
        this.bytes = new AtomicLong(bytes);
    }

    /**
     * Takes more.
     *
     * @throws org.opensearch.core.common.breaker.CircuitBreakingException if there are not so many left; what was taken
     *     before stays until this is closed
     */
    public void add(long more) {
        memory.take(more, label);
        bytes.addAndGet(more);
    }

    @Override
    public void close() {
        memory.giveBack(bytes.getAndSet(0));
    }
}
