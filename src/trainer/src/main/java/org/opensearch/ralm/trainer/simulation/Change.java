package org.opensearch.ralm.trainer.simulation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * What look-alike changes in one figure.
 *
 * @param metric the figure's name
 * @param control without look-alike
 * @param treatment with look-alike
 * @param relativeChange treatment / control - 1
 * @param low lower end of its confidence interval
 * @param high upper end
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Change(String metric, double control, double treatment, double relativeChange, double low, double high) {

    /** Whether the interval says that there may be no change at all. */
    public boolean coversZero() {
        return low <= 0 && high >= 0;
    }
}
