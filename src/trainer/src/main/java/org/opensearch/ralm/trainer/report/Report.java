package org.opensearch.ralm.trainer.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * The results of an evaluation. Each list may be empty: what was not measured is not shown.
 *
 * @param data what was learned from and tested on
 * @param command the command that made the report
 * @param cases test clicks
 * @param blocks test blocks
 * @param blockHours duration of a block
 * @param poolHours hours before a block whose clicks make an item a candidate; 0 for any age
 * @param rows a row a model
 * @param curves how models came along while they learned (Figure 5 of the paper)
 * @param clusterSweep what K changes (Figure 6 of the paper)
 * @param fields what the attention merge layer looks at
 * @param calibration predicted against observed click rates
 * @param scores how the scores of clicks and of negatives are spread
 * @param trainSeconds the duration of all trainings
 * @param peakMemoryMb the most memory that the process has had
 * @param samplesPerSecond the speed of each phase of training, by its name
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(value = "expected_calibration_error", allowGetters = true)
public record Report(
        String data,
        String command,
        long cases,
        int blocks,
        double blockHours,
        double poolHours,
        List<Row> rows,
        List<Curve> curves,
        List<SweepPoint> clusterSweep,
        List<FieldAttention> fields,
        List<CalibrationBin> calibration,
        List<ScoreBin> scores,
        double trainSeconds,
        double peakMemoryMb,
        Map<String, Double> samplesPerSecond) {

    public Report {
        rows = List.copyOf(rows);
        curves = List.copyOf(curves);
        clusterSweep = List.copyOf(clusterSweep);
        fields = List.copyOf(fields);
        calibration = List.copyOf(calibration);
        scores = List.copyOf(scores);
        samplesPerSecond = Map.copyOf(samplesPerSecond);
    }

    /** How far predicted and observed rates are apart, the mean over all samples; NaN without calibration. */
    @JsonProperty("expected_calibration_error")
    public double expectedCalibrationError() {
        return CalibrationBin.expectedError(calibration);
    }
}
