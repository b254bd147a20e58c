package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The tables of the reference name what the server knows, which its refusal of a strange member says. */
@ExtendWith(SharedCluster.class)
class ReferenceIT {
    private static final String STRANGE = "{\"strange\": 1}";
    private static final Pattern BRACKETED = Pattern.compile("\\[(\\w+)]");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");

    private Rest rest;
    private String page;

    @BeforeEach
    void setUp(Rest shared) throws IOException {
        rest = shared;
        page = Files.readString(Checkout.file("plugin/README.md"));
    }

    @Test
    void theTableOfRoutesIsComplete() throws IOException {
        assertEquals(
                OpenApi.read().routes(),
                table("route").stream()
                        .map(route -> route.replace(" _plugins", " /_plugins"))
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void theTableOfFeedsIsComplete() throws IOException {
        Set<String> known = known(rest.put("/_plugins/_ralm/feeds/strange", STRANGE));
        assertEquals(known, table("member of a feed"));
        assertEquals(known, OpenApi.read().members("FeedMembers"));
    }

    @Test
    void whatSetupAndActivationTakeIsDescribed() throws IOException {
        Set<String> setup = known(rest.post("/_plugins/_ralm/feeds/strange/_setup", STRANGE));
        assertEquals(setup, OpenApi.read().members("Setup"));
        Set<String> activation = known(rest.post("/_plugins/_ralm/feeds/strange/_activate", STRANGE));
        assertEquals(activation, OpenApi.read().members("Activation"));
    }

    @Test
    void theTableOfScoresIsComplete() {
        Set<String> known = known(rest.post("/_search", "{\"query\": {\"ralm_score\": " + STRANGE + "}}"));
        assertEquals(
                with(known, "query", "ignore_unmapped", "recall", "boost", "_name"), table("member of `ralm_score`"));
    }

    @Test
    void theTableOfAudiencesIsComplete() {
        Set<String> known = known(rest.post("/_search", "{\"query\": {\"ralm_audience\": " + STRANGE + "}}"));
        assertEquals(with(known, "boost", "_name"), table("member of `ralm_audience`"));
    }

    private static Set<String> with(Set<String> known, String... others) {
        return Stream.concat(known.stream(), Arrays.stream(others)).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names that a refusal puts in brackets behind the word "expected". */
    private static Set<String> known(Rest.Answer refusal) {
        String reason = refusal.json().at("/error/reason").asText();
        if (reason.contains("expected") == false) {
            throw new AssertionError("no refusal of a strange member: " + refusal);
        }
        return BRACKETED
                .matcher(reason.substring(reason.indexOf("expected")))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What the first column of a table names; a table begins with the title of that column. */
    private Set<String> table(String title) {
        return page.substring(page.indexOf("\n| " + title + " |"))
                .lines()
                .skip(3)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> CODE.matcher(line.split("\\|")[1]).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
