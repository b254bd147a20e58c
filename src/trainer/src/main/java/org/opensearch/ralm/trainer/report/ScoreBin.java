package org.opensearch.ralm.trainer.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A bar of the histogram of scores.
 *
 * @param from least score
 * @param to where the next bar begins; the last bar includes it
 * @param clicks share of all clicks whose score lies here
 * @param negatives share of all negatives whose score lies here
 */
@JsonNaming(SnakeCaseStrategy.class)
public record ScoreBin(double from, double to, double clicks, double negatives) {

    /**
     * Bars of equal width from the least score to the largest.
     *
     * @param clicked whether the sample of each score is a click; otherwise it is a negative
     * @param bins how many bars, 1 or more
     * @return in ascending order; empty if there is no score
     * @throws IllegalArgumentException if the lengths differ
     */
    public static List<ScoreBin> of(float[] scores, boolean[] clicked, int bins) {
        if (scores.length != clicked.length) {
            throw new IllegalArgumentException(scores.length + " scores but " + clicked.length + " labels");
        }
        if (scores.length == 0) {
            return List.of();
        }
        DoubleSummaryStatistics all =
                IntStream.range(0, scores.length).mapToDouble(i -> scores[i]).summaryStatistics();
        double width = (all.getMax() - all.getMin()) / bins;
        long[] clicks = new long[bins];
        long[] negatives = new long[bins];
        for (int i = 0; i < scores.length; i++) {
            int bin = width == 0 ? 0 : Math.min(bins - 1, (int) ((scores[i] - all.getMin()) / width));
            (clicked[i] ? clicks : negatives)[bin]++;
        }
        double allClicks = Math.max(1, LongStream.of(clicks).sum());
        double allNegatives = Math.max(1, LongStream.of(negatives).sum());
        return IntStream.range(0, bins)
                .mapToObj(bin -> new ScoreBin(
                        all.getMin() + bin * width,
                        all.getMin() + (bin + 1) * width,
                        clicks[bin] / allClicks,
                        negatives[bin] / allNegatives))
                .toList();
    }
}
