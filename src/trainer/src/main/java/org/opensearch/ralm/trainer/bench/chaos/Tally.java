package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Counts how queries ended, by the fault during which they were asked. Thread-safe. */
final class Tally {

    private static final int MOST_EXAMPLES = 10;
    private static final String NO_FAULT = "no_fault";

    private final Map<Outcome, Map<String, Long>> counts = new EnumMap<>(Outcome.class);
    private final Map<Outcome, Set<String>> examples = new EnumMap<>(Outcome.class);
    private final Map<String, Long> scores = new TreeMap<>();
    private long wrongScores;
    private final List<String> wrongExamples = new ArrayList<>();

    /** Counts a query. */
    synchronized void count(Outcome outcome, FaultKind during, String example) {
        counts.computeIfAbsent(outcome, none -> new TreeMap<>())
                .merge(during == null ? NO_FAULT : during.toString(), 1L, Long::sum);
        if (example.isEmpty() == false) {
            Set<String> kept = examples.computeIfAbsent(outcome, none -> new LinkedHashSet<>());
            if (kept.size() < MOST_EXAMPLES) {
                kept.add(during + ": " + example);
            }
        }
    }

    /** Counts the scores of an answer. */
    synchronized void count(ScoreCheck.Finding finding) {
        finding.hitsOfModels().forEach((model, hits) -> scores.merge(model, hits, Long::sum));
        wrongScores += finding.problems().size();
        finding.problems().stream()
                .limit(MOST_EXAMPLES - Math.min(MOST_EXAMPLES, wrongExamples.size()))
                .forEach(wrongExamples::add);
    }

    /** How many queries ended so. */
    synchronized long of(Outcome outcome) {
        return counts.getOrDefault(outcome, Map.of()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** How many scores were computed again. */
    synchronized long scores() {
        return scores.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized long wrongScores() {
        return wrongScores;
    }

    /** Adds by which faults, and examples of what should not be. */
    synchronized void describe(ObjectNode json) {
        ObjectNode queries = json.putObject("queries_by_fault");
        counts.forEach((outcome, byFault) -> {
            ObjectNode faults = queries.putObject(outcome.toString());
            byFault.forEach(faults::put);
        });
        ObjectNode models = json.putObject("scores_by_model");
        scores.forEach(models::put);
        ObjectNode shown = json.putObject("examples");
        examples.forEach((outcome, some) -> {
            ArrayNode sentences = shown.putArray(outcome.toString());
            some.forEach(sentences::add);
        });
        ArrayNode wrong = shown.putArray("wrong_scores");
        wrongExamples.forEach(wrong::add);
    }
}
