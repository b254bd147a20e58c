package org.opensearch.ralm.trainer.live;

import java.util.concurrent.locks.LockSupport;

/**
 * When each click is due at a steady rate: an open loop, in which a slow answer makes later clicks late but never moves
 * the time at which they were due.
 *
 * @param start when the first click is due, in nanoseconds of {@link System#nanoTime()}
 * @param rate clicks a second
 */
public record Pace(long start, int rate) {

    private static final long SECOND = 1_000_000_000;

    /** A pace that begins now. */
    public static Pace of(int rate) {
        return new Pace(System.nanoTime(), rate);
    }

    /** When a click, counted from 0, is due, in nanoseconds. */
    public long due(long click) {
        return start + click / rate * SECOND + click % rate * SECOND / rate;
    }

    /** Returns when a click, counted from 0, is due; at once if it is late. */
    public void await(long click) {
        for (long left = due(click) - System.nanoTime(); left > 0; left = due(click) - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
