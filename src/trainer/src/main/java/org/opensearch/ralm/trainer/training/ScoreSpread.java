package org.opensearch.ralm.trainer.training;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.IntStream;

/**
 * How the scores of the samples held out are spread: what scores in use can be compared with.
 *
 * @param clickRate the share of clicked candidates, at which the calibration was fitted
 * @param mean of all scores
 * @param std standard deviation of all scores
 * @param clickedMean of the scores of clicked candidates
 * @param clickedStd standard deviation of these
 */
record ScoreSpread(double clickRate, double mean, double std, double clickedMean, double clickedStd) {

    /**
     * @param scores of at least one clicked candidate and others
     * @param clicked which of them were clicked
     */
    static ScoreSpread of(float[] scores, boolean[] clicked) {
        int[] all = IntStream.range(0, scores.length).toArray();
        int[] ofClicks = IntStream.of(all).filter(i -> clicked[i]).toArray();
        double mean = mean(scores, all);
        double clickedMean = mean(scores, ofClicks);
        return new ScoreSpread(
                (double) ofClicks.length / scores.length,
                mean,
                std(scores, all, mean),
                clickedMean,
                std(scores, ofClicks, clickedMean));
    }

    private static double mean(float[] scores, int[] places) {
        return IntStream.of(places).mapToDouble(i -> scores[i]).average().orElseThrow();
    }

    private static double std(float[] scores, int[] places, double mean) {
        return Math.sqrt(IntStream.of(places)
                .mapToDouble(i -> (scores[i] - mean) * (scores[i] - mean))
                .average()
                .orElseThrow());
    }

    void describe(ObjectNode json) {
        json.put("click_rate", clickRate).put("score_mean", mean).put("score_std", std);
        json.put("clicked_score_mean", clickedMean).put("clicked_score_std", clickedStd);
    }
}
