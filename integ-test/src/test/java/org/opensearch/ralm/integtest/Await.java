package org.opensearch.ralm.integtest;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for conditions of a cluster that nobody tells us of. */
final class Await {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long PAUSE_NANOS = Duration.ofMillis(100).toNanos();

    private Await() {}

    /** A condition: null when it holds, else what is there instead. */
    interface Condition extends Supplier<String> {}

    /** Waits until a condition holds; fails with what is there instead after a minute and a half. */
    static void until(Condition condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String instead = condition.get(); instead != null; instead = condition.get()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError(instead + ", still after " + PATIENCE.toSeconds() + " seconds");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }
}
