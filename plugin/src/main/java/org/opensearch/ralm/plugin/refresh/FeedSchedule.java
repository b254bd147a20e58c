package org.opensearch.ralm.plugin.refresh;

import org.opensearch.ExceptionsHelper;
import org.opensearch.common.Randomness;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.rest.RestStatus;

/**
 * When a feed is refreshed next: first at a random moment of its interval, so that nodes and feeds do not march in
 * step, then once an interval, and less and less often while the cluster rejects requests. Safe for use by several
 * threads.
 */
final class FeedSchedule {

    /** The longest wait is this power of two times the interval. */
    private static final int MOST_DOUBLINGS = 6;

    private final FeedRefresh refresh;
    private final long interval;
    private int rejections;
    private long dueAt;
    private boolean serving = true;
    private String failure;

    /**
     * @param interval the feed's
     * @param now by a clock of milliseconds that only goes forward, as all times here
     */
    FeedSchedule(FeedRefresh refresh, TimeValue interval, long now) {
        this.refresh = refresh;
        this.interval = interval.millis();
        this.dueAt = now + (long) (Randomness.get().nextDouble() * this.interval);
    }

    FeedRefresh refresh() {
        return refresh;
    }

    synchronized boolean isDue(long now) {
        return now >= dueAt;
    }

    /** Notes that a cycle that began at a time has ended well. */
    synchronized void succeeded(long begin) {
        rejections = 0;
        failure = null;
        dueAt = begin + interval;
    }

    /** Notes whether searches go by what is refreshed; when that changes, and what is beside, is refreshed at once. */
    synchronized void serve(boolean now) {
        if (now != serving) {
            serving = now;
            hurry();
        }
    }

    synchronized boolean isServing() {
        return serving;
    }

    /** Has the next cycle begin at once. */
    synchronized void hurry() {
        dueAt = Long.MIN_VALUE;
    }

    /** Notes that a cycle that began at a time has failed. */
    synchronized void failed(long begin, Exception e) {
        RestStatus status = ExceptionsHelper.status(e);
        boolean rejected = status == RestStatus.TOO_MANY_REQUESTS || status == RestStatus.SERVICE_UNAVAILABLE;
        rejections = rejected ? Math.min(rejections + 1, MOST_DOUBLINGS) : 0;
        dueAt = begin + (interval << rejections);
        failure = ExceptionsHelper.unwrapCause(e).toString();
    }

    /** Why the last cycle failed; null if it did not. */
    synchronized String failure() {
        return failure;
    }

    /** The same, or else why candidates that should have exposure thresholds can have none. */
    synchronized String problem() {
        return failure == null ? refresh.exposureProblem() : failure;
    }
}
