package org.opensearch.ralm.trainer.data;

/**
 * A cut of the events, in order of time, into three spans: phase 1 (user representation) is {@code [0, phase2)}, phase 2
 * (look-alike) is {@code [phase2, test)} and the test is {@code [test, end)}; all are positions in {@link Events}.
 * Events of one second stay together; those whose time is not known belong to phase 1 and to no share.
 */
public record TimeSplit(int phase2, int test, int end) {

    /**
     * Cuts by shares of the number of events.
     *
     * @param phase1Share share of phase 1, in (0, 1)
     * @param phase2Share share of phase 2, in (0, 1); what is left is the test
     */
    public static TimeSplit of(Events events, double phase1Share, double phase2Share) {
        if (!(phase1Share > 0 && phase2Share > 0 && phase1Share + phase2Share < 1)) {
            throw new IllegalArgumentException(
                    "shares of phase 1 and phase 2 must be above 0 and sum to less than 1, got " + phase1Share + " and "
                            + phase2Share);
        }
        return new TimeSplit(boundary(events, phase1Share), boundary(events, phase1Share + phase2Share), events.size());
    }

    /** Three fifths for phase 1, one for phase 2, one for the test. */
    public static TimeSplit standard(Events events) {
        return of(events, 0.6, 0.2);
    }

    /**
     * A split that knows nothing of the test: the last quarter of phase 2 is measured instead, what comes before it of
     * phase 2 is learned from, phase 1 stays. For choosing options.
     *
     * @param events what was split
     */
    public TimeSplit validation(Events events) {
        return new TimeSplit(phase2, events.firstOfSecond(test - (test - phase2) / 4), test);
    }

    /** A split whose phase 1 reaches up to the test and whose phase 2 is empty, for models that have but one phase. */
    public TimeSplit withPhase1UpToTest() {
        return new TimeSplit(test, test, end);
    }

    private static int boundary(Events events, double share) {
        int timed = events.size() - events.untimed();
        return events.firstOfSecond(events.untimed() + (int) Math.round(share * timed));
    }
}
