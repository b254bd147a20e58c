package org.opensearch.ralm.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before a request that a busy cluster rejected is sent again: twice as long each time. */
final class Patience {
    static final int ATTEMPTS = 8;

    private static final long FIRST_MILLIS = 100;

    private int attempts;

    /**
     * Waits; at random up to twice as long, so that clients rejected together do not come back together.
     *
     * @param rejected what is said when there were {@link #ATTEMPTS} attempts
     * @throws IOException if there were
     */
    void afterRejection(String rejected) throws IOException {
        attempts++;
        if (attempts == ATTEMPTS) {
            throw new IOException(rejected + ", still after " + ATTEMPTS + " attempts");
        }
        long millis = FIRST_MILLIS << (attempts - 1);
        try {
            Thread.sleep(millis + ThreadLocalRandom.current().nextLong(millis));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while " + rejected);
        }
    }
}
