package org.opensearch.ralm.plugin.seeds;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CandidateContentTests {

    private static final List<String> FIELDS = List.of("tags", "year", "meta.places", "missing");

    @Test
    void valuesAreTextsWhereverTheyLie() {
        Map<String, Object> source = Map.of(
                "tags",
                Arrays.asList("cats", null, List.of("dogs")),
                "year",
                1994,
                "meta",
                Map.of("places", List.of("Oslo", true)),
                "title",
                "not asked for");

        assertEquals(
                Map.of(
                        "tags", List.of("cats", "dogs"),
                        "year", List.of("1994"),
                        "meta.places", List.of("Oslo", "true"),
                        "missing", List.of()),
                CandidateContent.of(source, FIELDS));
    }

    @Test
    void pathsLeadThroughArraysOfObjectsAndNamesWithDots() {
        assertEquals(
                List.of("a", "b"),
                CandidateContent.of(
                                Map.of("meta", List.of(Map.of("places", "a"), Map.of("places", List.of("b")))), FIELDS)
                        .get("meta.places"));
        assertEquals(
                List.of("a"),
                CandidateContent.of(Map.of("meta.places", "a"), FIELDS).get("meta.places"));
    }

    @Test
    void anObjectIsNoValue() {
        Map<String, Object> source = Map.of("tags", List.of("cats", Map.of("name", "dogs")));

        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> CandidateContent.check(source, FIELDS));

        assertEquals(
                "content field [tags] must be a text, a number, true or false, or an array of these, but holds an object",
                e.getMessage());
        assertEquals(List.of("cats"), CandidateContent.of(source, FIELDS).get("tags"));
        assertDoesNotThrow(() -> CandidateContent.check(source, List.of("year")));
    }
}
