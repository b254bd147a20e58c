package org.opensearch.ralm.trainer.data;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time and the events in it. What is known of users and items in a block is what happened before its start.
 *
 * @param start      first second
 * @param end        second after the last
 * @param firstEvent first position in {@link Events}
 * @param endEvent   position after the last
 */
public record Block(long start, long end, int firstEvent, int endEvent) {

    /**
     * Cuts the events {@code [from, to)} into consecutive blocks of equal duration, the first starting with the first
     * event; blocks without events are left out. The last one ends where the events after {@code to} begin, so that
     * nothing of them is known in it.
     *
     * @param seconds duration of a block, at least 1
     */
    public static List<Block> cut(Events events, int from, int to, long seconds) {
        if (seconds < 1) {
            throw new IllegalArgumentException("a block must last 1 second or more, got " + seconds);
        }
        List<Block> blocks = new ArrayList<>();
        int first = from;
        while (first < to) {
            long start = events.time(first) - (events.time(first) - events.time(from)) % seconds;
            long end = Math.min(start + seconds, events.horizon(to));
            int endEvent = Math.min(to, events.firstAtOrAfter(end));
            blocks.add(new Block(start, end, first, endEvent));
            first = endEvent;
        }
        return blocks;
    }
}
