package org.opensearch.ralm.trainer.bench;

/**
 * When each click is due at a steady rate: an open loop, in which a slow answer makes later clicks late but never moves
 * the time at which they were due.
 *
 * @param start when the first click is due, in nanoseconds
 * @param rate clicks a second
 */
record Pace(long start, int rate) {

    private static final long SECOND = 1_000_000_000;

    /** When a click, counted from 0, is due, in nanoseconds. */
    long due(long click) {
        return start + click / rate * SECOND + click % rate * SECOND / rate;
    }
}
