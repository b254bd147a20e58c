package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** What {@link TrainBench} measured. */
public final class TrainResult {

    private final TrainBatches batches;
    private final Race representation;
    private final Race lookalike;

    TrainResult(TrainBatches batches, Race representation, Race lookalike) {
        this.batches = batches;
        this.representation = representation;
        this.lookalike = lookalike;
    }

    /** For people. */
    public String toText() {
        return String.format(
                Locale.ROOT,
                "%,d items, batches of %d, width %d; samples/s%n%-16s %10s %10s %7s   %s%n%s%n%s",
                batches.items(),
                batches.size(),
                batches.width(),
                "",
                "ours",
                "plain DJL",
                "ratio",
                "loss first -> last, largest difference of tenths",
                line("representation", representation),
                line("look-alike", lookalike));
    }

    /** For machines. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("items", batches.items()).put("batch", batches.size()).put("width", batches.width());
        json.set("representation", json(representation));
        json.set("lookalike", json(lookalike));
        return json;
    }

    private static String line(String phase, Race race) {
        double[] loss = race.loss();
        return String.format(
                Locale.ROOT,
                "%-16s %,10.0f %,10.0f %7.1f   %.4f -> %.4f, %.4f",
                phase,
                race.samplesPerSecond(),
                race.plainSamplesPerSecond(),
                race.ratio(),
                loss[0],
                loss[loss.length - 1],
                race.largestDifference());
    }

    private static ObjectNode json(Race race) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("samples_per_second", race.samplesPerSecond());
        json.put("plain_samples_per_second", race.plainSamplesPerSecond());
        json.put("ratio", race.ratio()).put("largest_loss_difference", race.largestDifference());
        json.set("loss", curve(race.loss()));
        json.set("plain_loss", curve(race.plainLoss()));
        return json;
    }

    private static ArrayNode curve(double[] values) {
        ArrayNode curve = JsonNodeFactory.instance.arrayNode();
        for (double value : values) {
            curve.add(value);
        }
        return curve;
    }
}
