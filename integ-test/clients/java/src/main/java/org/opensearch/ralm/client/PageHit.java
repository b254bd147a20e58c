package org.opensearch.ralm.client;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A candidate of a page.
 *
 * @param id the candidate's
 * @param source what was asked for of the candidate's document
 * @param features what {@code ralm_log} says: {@code model}, {@code global}, {@code local}, {@code raw},
 *     {@code probability}, {@code seed_count}, {@code state}
 */
public record PageHit(String id, JsonNode source, JsonNode features) {}
