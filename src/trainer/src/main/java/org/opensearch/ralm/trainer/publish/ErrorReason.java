package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.databind.JsonNode;

/** Finds what a person should read in an {@code error} of OpenSearch. */
public final class ErrorReason {

    private ErrorReason() {}

    /** The reason and its causes; the whole error if it has none. */
    public static String of(JsonNode error) {
        StringBuilder reasons = new StringBuilder();
        for (JsonNode cause = error; cause.isObject(); cause = cause.path("caused_by")) {
            String reason = cause.path("reason").asText();
            if (reasons.indexOf(reason) < 0) {
                reasons.append(reasons.isEmpty() ? "" : ": ").append(reason);
            }
        }
        if (reasons.isEmpty()) {
            return error.isTextual() ? error.textValue() : error.toString();
        }
        return reasons.toString();
    }
}
