package org.opensearch.ralm.trainer.simulation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Locale;

/**
 * What the replay came to.
 *
 * @param data the feed
 * @param command that made it
 * @param options how it was replayed
 * @param days how long
 * @param visits of the users of both arms
 * @param items that could be shown at some moment
 * @param controlUsers users who came and saw no look-alike, in the first replay
 * @param treatmentUsers users who came and saw it, in the first replay
 * @param changes what look-alike changed
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SimulationResult(
        String data,
        String command,
        SimulationOptions options,
        double days,
        int visits,
        int items,
        int controlUsers,
        int treatmentUsers,
        List<Change> changes) {

    public SimulationResult {
        changes = List.copyOf(changes);
    }

    /** The change of one figure, by its name in JSON. */
    public Change change(String metric) {
        return changes.stream()
                .filter(change -> change.metric().equals(metric))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no figure is called [" + metric + "]"));
    }

    /** A table for people. */
    public String toText() {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "%n%s: %.1f days, %,d visits, %,d items; %,d users without look-alike, %,d with it in %d of %d slots%n%n",
                data,
                days,
                visits,
                items,
                controlUsers,
                treatmentUsers,
                options.lookalikeSlots(),
                options.slots()));
        text.append(String.format(
                Locale.ROOT,
                "%-34s %10s %10s %9s   %.0f%% interval%n",
                "",
                "without",
                "with",
                "change",
                100 * options.level()));
        for (Figure figure : Figure.values()) {
            Change change = change(figure.key());
            text.append(String.format(
                    Locale.ROOT,
                    "%-34s %10.4f %10.4f %+8.2f%%   %+.2f%% to %+.2f%%%n",
                    figure.title(),
                    change.control(),
                    change.treatment(),
                    100 * change.relativeChange(),
                    100 * change.low(),
                    100 * change.high()));
        }
        return text.append(String.format(
                        Locale.ROOT,
                        "%nMeans of %d replays. Intervals: bootstrap over replays and users, %,d resamples.%n",
                        options.replays(),
                        options.resamples()))
                .toString();
    }
}
