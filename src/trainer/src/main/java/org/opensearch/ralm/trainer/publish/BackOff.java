package org.opensearch.ralm.trainer.publish;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Tries again what may pass, after ever longer waits with jitter.
 *
 * @param attempts how often to try at most
 * @param firstMillis the first wait
 * @param longestMillis no wait is longer
 */
record BackOff(int attempts, long firstMillis, long longestMillis) {

    static BackOff standard() {
        return new BackOff(8, 200, 10_000);
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
                if (e.isPassing() == false || attempt >= attempts) {
                    throw e;
                }
                pause(attempt, e);
            }
        }
    }

    /** Waits before the attempt after this one; between half and all of the full wait. */
    void pause(int attempt, RuntimeException cause) {
        long full = Math.min(longestMillis, firstMillis << Math.min(attempt - 1, 20));
        try {
            TimeUnit.MILLISECONDS.sleep(ThreadLocalRandom.current().nextLong(full / 2, full + 1));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cause;
        }
    }
}
