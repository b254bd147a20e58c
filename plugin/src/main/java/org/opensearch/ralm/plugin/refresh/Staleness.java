package org.opensearch.ralm.plugin.refresh;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import org.HdrHistogram.Histogram;

/**
 * How long clicks waited until they were counted, in this window of five minutes and the one before. Safe for use by several threads.
 */
final class Staleness {

    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final int DIGITS = 2;

    private Histogram current = new Histogram(DIGITS);
    private Histogram previous = new Histogram(DIGITS);
    private long window;

    /** Takes a click into account. */
    synchronized void add(long millis, Instant now) {
        turn(now);
        current.recordValue(Math.max(0, millis));
    }

    /** What is known, for other nodes to read. */
    synchronized byte[] encoded(Instant now) {
        turn(now);
        Histogram both = new Histogram(DIGITS);
        both.add(current);
        both.add(previous);
        ByteBuffer buffer = ByteBuffer.allocate(both.getNeededByteBufferCapacity());
        int length = both.encodeIntoByteBuffer(buffer);
        byte[] bytes = new byte[length];
        buffer.flip().get(bytes);
        return bytes;
    }

    /** What other nodes know, put together. */
    static Histogram decoded(Iterable<byte[]> encoded) {
        Histogram all = new Histogram(DIGITS);
        for (byte[] bytes : encoded) {
            all.add(Histogram.decodeFromByteBuffer(ByteBuffer.wrap(bytes), 1));
        }
        return all;
    }

    private void turn(Instant now) {
        long number = now.getEpochSecond() / WINDOW.toSeconds();
        if (number > window) {
            previous = number == window + 1 ? current : new Histogram(DIGITS);
            current = new Histogram(DIGITS);
            window = number;
        }
    }
}
