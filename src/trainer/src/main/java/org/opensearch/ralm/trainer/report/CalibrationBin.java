package org.opensearch.ralm.trainer.report;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * Samples whose predicted probabilities lie close together.
 *
 * @param predicted their mean predicted probability
 * @param observed the share of them that was clicked
 * @param samples how many they are
 */
@JsonNaming(SnakeCaseStrategy.class)
public record CalibrationBin(double predicted, double observed, long samples) {

    /**
     * The expected calibration error: |predicted - observed|, averaged over bins by their samples.
     *
     * @return in [0, 1]; NaN if there is no sample
     */
    public static double expectedError(List<CalibrationBin> bins) {
        double sum = 0;
        long samples = 0;
        for (CalibrationBin bin : bins) {
            sum += bin.samples * Math.abs(bin.predicted - bin.observed);
            samples += bin.samples;
        }
        return sum / samples;
    }
}
