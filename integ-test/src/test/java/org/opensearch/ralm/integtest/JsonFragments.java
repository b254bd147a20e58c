package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.JsonNode;

/** Puts pieces of JSON where they are meant for, which their first member tells. */
final class JsonFragments {
    private final Rest rest;

    JsonFragments(Rest rest) {
        this.rest = rest;
    }

    /** What the server says to a piece where it belongs; null if it is none, so that it must be an answer. */
    Rest.Answer use(JsonNode fragment) {
        return switch (fragment.fieldNames().next()) {
            case "ralm_seeds", "ralm_clicks" ->
                rest.put("/_ingest/pipeline/documented", "{\"processors\": [" + fragment + "]}");
            case "ralm_user" ->
                rest.put("/_search/pipeline/documented", "{\"request_processors\": [" + fragment + "]}");
            case "ralm_score" -> rest.post("/news/_search", "{\"query\": " + fragment + "}");
            case "ralm_audience" -> rest.post("/news-1-users/_search", "{\"query\": " + fragment + "}");
            case "query", "size" -> rest.post("/news/_search", fragment.toString());
            case "properties" -> rest.put("/news/_mapping", fragment.toString());
            default -> null;
        };
    }
}
