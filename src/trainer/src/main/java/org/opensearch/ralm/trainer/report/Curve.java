package org.opensearch.ralm.trainer.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;

/**
 * How one phase of one model came along while it learned.
 *
 * @param model what is drawn in one colour, e.g. {@code attention merge} or {@code concatenation}
 * @param phase which phase it is
 * @param points in ascending order of batches
 */
@JsonNaming(SnakeCaseStrategy.class)
public record Curve(String model, Phase phase, List<Point> points) {

    public Curve {
        points = List.copyOf(points);
    }

    boolean hasAuc() {
        return points.stream().anyMatch(point -> Double.isFinite(point.auc));
    }

    /** The phases, in order. */
    public enum Phase {
        /** User representation. */
        @JsonProperty("representation")
        REPRESENTATION("user representation"),
        /** Look-alike. */
        @JsonProperty("lookalike")
        LOOKALIKE("look-alike");

        private final String words;

        Phase(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /**
     * A moment of the training.
     *
     * @param batches steps since the beginning of the phase
     * @param loss mean loss of what was learned since the point before
     * @param validationLoss mean loss of what is held out
     * @param auc area under the curve of what is held out; NaN where it was not measured
     */
    @JsonNaming(SnakeCaseStrategy.class)
    public record Point(long batches, double loss, double validationLoss, double auc) {}
}
