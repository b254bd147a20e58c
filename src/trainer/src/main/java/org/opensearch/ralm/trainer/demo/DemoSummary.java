package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.opensearch.ralm.trainer.evaluation.Measurement;

/**
 * What the demo did and measured.
 *
 * @param data the dataset's name
 * @param users how many users were published
 * @param candidates how many candidates were indexed
 * @param events how many clicks the dataset has
 * @param trainSeconds both phases, all heads
 * @param live what was seen while the clicks came in
 * @param cold how well candidates without seeds were ranked; empty without a content model or clicks on such
 * @param measurements what each system reached through {@code _search}, by name
 * @param latency of a page of ten
 * @param maxScoreDifference largest difference between a score of {@code _search} and the trainer's own
 * @param totalSeconds the whole demo
 */
public record DemoSummary(
        String data,
        int users,
        int candidates,
        int events,
        double trainSeconds,
        LiveFigures live,
        Optional<ColdFigures> cold,
        Map<String, Measurement> measurements,
        SearchLatency latency,
        double maxScoreDifference,
        double totalSeconds) {

    /** The content of {@code summary.json}. */
    public JsonNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("data", data).put("users", users).put("candidates", candidates).put("events", events);
        json.put("train_seconds", trainSeconds);
        live.describe(json);
        json.set("auc", bySystem(Measurement::auc));
        json.set("gauc", bySystem(Measurement::gauc));
        json.set("prec_at_10", bySystem(Measurement::precisionAt10));
        json.set("prec_at_50", bySystem(Measurement::precisionAt50));
        cold.ifPresent(figures -> figures.describe(json));
        json.put("search_p50_ms", latency.p50()).put("search_p99_ms", latency.p99());
        json.put("max_score_difference", maxScoreDifference);
        json.put("total_seconds", totalSeconds);
        return json;
    }

    /** A table for people. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "%nData %s: %,d users, %,d events, %,d candidates with seeds%n%n",
                data,
                users,
                events,
                candidates));
        text.append(String.format(
                Locale.ROOT, "%-14s %8s %8s %8s %8s%n", "through _search", "AUC", "GAUC", "prec@10", "prec@50"));
        measurements.forEach((system, measured) -> text.append(String.format(
                Locale.ROOT,
                "%-15s %8.4f %8.4f %8.4f %8.4f%n",
                system,
                measured.auc(),
                measured.gauc(),
                measured.precisionAt10(),
                measured.precisionAt50())));
        cold.ifPresent(figures -> text.append(String.format("%n")).append(figures.toText()));
        text.append(String.format(
                Locale.ROOT, "%nA page of 10 in %.1f ms (p50), %.1f ms (p99)%n", latency.p50(), latency.p99()));
        text.append(String.format(
                Locale.ROOT, "Largest difference from the trainer's own scores: %.1e%n", maxScoreDifference));
        text.append(String.format(
                Locale.ROOT, "Trained in %.0f s; the whole demo took %.0f s%n", trainSeconds, totalSeconds));
        return text.toString();
    }

    private ObjectNode bySystem(ToDoubleFunction<Measurement> metric) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        measurements.forEach((system, measured) -> json.put(system, metric.applyAsDouble(measured)));
        return json;
    }
}
