package org.opensearch.ralm.trainer.bench;

import java.util.List;
import org.opensearch.ralm.trainer.live.Quantiles;

/**
 * How many clicks wait to be counted, as the feed's status says: the medians of the first, middle and last tenth of the
 * samples, so that where a sample lies between two refreshes does not matter.
 */
record Backlog(double start, double middle, double end) {

    private static final int PARTS = 10;

    /**
     * @param samples in order of time
     */
    static Backlog of(List<Long> samples) {
        return new Backlog(median(samples, 0), median(samples, PARTS / 2), median(samples, PARTS - 1));
    }

    private static double median(List<Long> samples, int part) {
        int from = samples.size() * part / PARTS;
        int to = Math.max(from + 1, samples.size() * (part + 1) / PARTS);
        return Quantiles.of(samples.subList(Math.min(from, samples.size()), Math.min(to, samples.size())))
                .at(0.5);
    }
}
