package org.opensearch.ralm.trainer.live;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Does something again and again beside, until it is closed. The first failure ends it and is thrown on closing. */
public final class Repeating implements AutoCloseable {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();

    /**
     * @param task what to do
     * @param millis the pause after each time, at least 1
     */
    public Repeating(Runnable task, long millis) {
        thread.scheduleWithFixedDelay(() -> run(task), 0, millis, TimeUnit.MILLISECONDS);
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            failure.set(e);
            throw e;
        }
    }

    @Override
    public void close() {
        thread.close();
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
