package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.opensearch.ralm.block.InvalidBlockException;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;

/**
 * Computes the scores of an answer again, with the reference forward pass, from the blocks it was scored with: the same
 * hits bring their doc values, read from the same segments. Thread-safe.
 */
final class ScoreCheck {

    /** Where a candidate may keep blocks, of one model each. */
    private static final List<String> BLOCKS = List.of("ralm.seeds", "ralm_2.seeds");

    private static final double TOLERANCE = 1e-5;

    private final Map<String, KnownModel> models;

    /**
     * What was found.
     *
     * @param hitsOfModels how many hits of which model were checked
     * @param problems what is wrong, a sentence each
     */
    record Finding(Map<String, Long> hitsOfModels, List<String> problems) {}

    /**
     * @param models by their ids
     */
    ScoreCheck(Map<String, KnownModel> models) {
        this.models = Map.copyOf(models);
    }

    /** A search whose answer can be checked. */
    static ObjectNode search(String feed, String user, int size) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("size", size);
        body.put("_source", false);
        BLOCKS.forEach(body.withArray("docvalue_fields")::add);
        body.putObject("query").putObject("ralm_score").put("feed", feed).put("user_id", user);
        body.putObject("ext").putObject("ralm_log");
        return body;
    }

    /** Checks every hit of an answer, and that all are of one model. */
    Finding check(JsonNode answer, String user) {
        List<String> problems = new ArrayList<>();
        Map<String, Long> hitsOfModels = new TreeMap<>();
        for (JsonNode hit : answer.at("/hits/hits")) {
            JsonNode log = hit.at("/fields/ralm_log/0");
            String model = log.path("model").asText();
            hitsOfModels.merge(model, 1L, Long::sum);
            problem(hit, log, user, models.get(model))
                    .map(problem -> hit.path("_id").asText() + " for " + user + " of model [" + model + "]: " + problem)
                    .ifPresent(problems::add);
        }
        if (hitsOfModels.size() > 1) {
            problems.add("the answer for " + user + " mixes models: " + hitsOfModels);
        }
        return new Finding(hitsOfModels, problems);
    }

    private static Optional<String> problem(JsonNode hit, JsonNode log, String user, KnownModel known) {
        if (known == null) {
            return Optional.of("a model nobody uploaded");
        }
        Optional<SeedBlock> block = block(hit, known.model().fingerprint());
        if (block.isEmpty()) {
            return Optional.of("there is no block of this model among its doc values");
        }
        double raw = known.model().score(known.users().get(user), block.get()).score();
        return difference("score", hit.path("_score"), (1 + raw) / 2)
                .or(() -> difference("logged raw score", log.path("raw"), raw));
    }

    private static Optional<String> difference(String name, JsonNode told, double expected) {
        return Math.abs(told.asDouble(Double.NaN) - expected) <= TOLERANCE
                ? Optional.empty()
                : Optional.of("its " + name + " is " + told + ", expected " + expected);
    }

    private static Optional<SeedBlock> block(JsonNode hit, long fingerprint) {
        for (String field : BLOCKS) {
            JsonNode value = hit.path("fields").path(field).path(0);
            if (value.isTextual()) {
                try {
                    SeedBlock block = SeedBlockCodec.decode(Base64.getDecoder().decode(value.textValue()));
                    if (block.fingerprint() == fingerprint) {
                        return Optional.of(block);
                    }
                } catch (InvalidBlockException unreadable) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }
}
