package org.opensearch.ralm.trainer.network;

import java.util.concurrent.CancellationException;

/** Where computing ends when its thread is interrupted: between batches, for native code cannot be left halfway. */
final class Interrupts {

    private Interrupts() {}

    /**
     * Asked before each batch.
     *
     * @throws CancellationException if the thread has been interrupted; it stays so
     */
    static void check() {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("interrupted between two batches");
        }
    }
}
