package org.opensearch.ralm.trainer.publish;

import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/**
 * Tries again what may pass, after ever longer waits with jitter.
 *
 * @param attempts how often to try at most, at least 1
 * @param firstMillis the first wait
 * @param longestMillis no wait is longer
 * @param sleep how to wait
 */
public record BackOff(int attempts, long firstMillis, long longestMillis, Sleep sleep) {

    /** Waits. */
    @FunctionalInterface
    public interface Sleep {
        void millis(long millis) throws InterruptedException;
    }

    /** For requests of a person or a load: eight attempts within half a minute. */
    public static BackOff standard() {
        return new BackOff(8, 200, 10_000, Thread::sleep);
    }

    /**
     * Calls until it succeeds.
     *
     * @throws ClusterException the last one, if none of the attempts succeeded or it cannot pass
     */
    <T> T call(Supplier<T> call) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (ClusterException e) {
                if (e.isPassing() == false) {
                    throw e;
                }
                waitAfter(attempt, e);
            }
        }
    }

    /**
     * Waits between half and all of the full wait, which doubles with each attempt.
     *
     * @param attempt the attempt that failed, from 1
     * @param failure why
     * @throws ClusterException the failure, if there is no attempt left or the thread is interrupted
     */
    public void waitAfter(int attempt, ClusterException failure) {
        if (attempt >= attempts) {
            throw failure;
        }
        long full = Math.min(longestMillis, firstMillis << Math.min(attempt - 1, 20));
        try {
            sleep.millis(ThreadLocalRandom.current().nextLong(full / 2, full + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
