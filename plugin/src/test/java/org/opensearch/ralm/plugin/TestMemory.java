package org.opensearch.ralm.plugin;

import java.util.concurrent.atomic.AtomicLong;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.core.common.breaker.NoopCircuitBreaker;
import org.opensearch.ralm.plugin.system.Memory;

/** A circuit breaker of a test's own, so that it can say what there is and see what was taken. */
public final class TestMemory extends NoopCircuitBreaker {

    private final AtomicLong used = new AtomicLong();
    private final Memory memory = new Memory(this);
    private volatile long limit;
    private volatile long most;

    private TestMemory(long limit) {
        super("test");
        this.limit = limit;
    }

    /** With room for everything. */
    public static TestMemory plenty() {
        return new TestMemory(Long.MAX_VALUE);
    }

    /** With room for so many bytes. */
    public static TestMemory of(long bytes) {
        return new TestMemory(bytes);
    }

    /** What the plugin is given. */
    public Memory memory() {
        return memory;
    }

    /** Sets how much room there is from now on. */
    public void limitTo(long bytes) {
        limit = bytes;
    }

    /** The most that was ever taken at once. */
    public long most() {
        return most;
    }

    @Override
    public synchronized double addEstimateBytesAndMaybeBreak(long bytes, String label) {
        if (used.get() + bytes > limit) {
            throw new CircuitBreakingException("no room for " + label, bytes, limit, Durability.TRANSIENT);
        }
        most = Math.max(most, used.addAndGet(bytes));
        return used.get();
    }

    @Override
    public long addWithoutBreaking(long bytes) {
        return used.addAndGet(bytes);
    }

    @Override
    public long getUsed() {
        return used.get();
    }
}
