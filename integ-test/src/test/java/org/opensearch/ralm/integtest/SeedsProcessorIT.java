package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opensearch.ralm.block.SeedBlock;

/** Candidates written with seeds, without, again, and by halves. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeedsProcessorIT {
    private Rest rest;
    private TestFeed feed;

    @BeforeAll
    void setUp(Rest shared) {
        rest = shared;
        feed = TestFeed.create(rest, "processor");
    }

    @Test
    void aCandidateCanBeScoredAsSoonAsItIsWritten() {
        write("fresh", "{\"seed_users\": [\"u1\", \"u2\"]}");
        double expected =
                (1 + feed.similarity("u9", "fresh", List.of("u1", "u2")).score()) / 2;
        assertEquals(expected, feed.search(TestFeed.query("processor", "u9")).get("fresh"), 1e-5);
    }

    @Test
    void writingTheSameSeedsAgainChangesNothing() {
        write("same", "{\"seed_users\": [\"u1\", \"u2\", \"u3\", \"u4\", \"u5\"]}");
        SeedBlock before = feed.storedBlock("same");
        write("same", "{\"seed_users\": [\"u5\", \"u4\", \"u3\", \"u2\", \"u1\"]}");
        assertEquals(before, feed.storedBlock("same"));
    }

    @Test
    void aDocumentWrittenWithoutSeedsKeepsThem() {
        write("kept", "{\"lang\": \"en\", \"seed_users\": [\"u1\", \"u2\", \"u3\"]}");
        SeedBlock before = feed.storedBlock("kept");
        write("kept", "{\"lang\": \"de\"}");
        assertEquals("de", feed.candidate("kept").get("lang").asText());
        assertEquals(before, feed.storedBlock("kept"));
    }

    @Test
    void newSeedsAreAddedToThoseThatWereThere() {
        write("grown", "{\"seed_users\": [\"u1\", \"u2\"]}");
        write("grown", "{\"seed_users\": [\"u2\", \"u3\", \"u4\"]}");
        JsonNode candidate = feed.candidate("grown");
        assertEquals(4, candidate.at("/ralm/seed_count").asInt(), candidate.toString());
        assertEquals(4, candidate.get("seed_users").size(), candidate.toString());
        assertEquals(4, feed.storedBlock("grown").clusters().seeds());
    }

    @Test
    void anUpdateOfOneFieldKeepsTheSeeds() {
        write("updated", "{\"lang\": \"en\", \"seed_users\": [\"u1\", \"u2\", \"u3\"]}");
        SeedBlock before = feed.storedBlock("updated");
        rest.post("/" + feed.candidates() + "/_update/updated?refresh", "{\"doc\": {\"lang\": \"de\"}}")
                .ok();
        assertEquals(before, feed.storedBlock("updated"));
    }

    @Test
    void unknownUsersAreCountedAndNotFatal() {
        write("partly", "{\"seed_users\": [\"u1\", \"ghost\", \"u2\", \"phantom\"]}");
        JsonNode ralm = feed.candidate("partly").get("ralm");
        assertEquals(2, ralm.get("seed_count").asInt(), ralm.toString());
        assertEquals(2, ralm.get("unknown_users").asInt(), ralm.toString());
    }

    @Test
    void aCandidateWithoutAnyKnownSeedIsStoredAndNotScored() {
        write("cold", "{\"lang\": \"en\"}");
        write("haunted", "{\"seed_users\": [\"ghost\"]}");
        assertTrue(feed.candidate("cold").path("ralm").path("seeds").isMissingNode());
        assertEquals(1, feed.candidate("haunted").at("/ralm/unknown_users").asInt());
        Map<String, Double> scores = feed.search(TestFeed.query("processor", "u1"));
        assertFalse(scores.containsKey("cold") || scores.containsKey("haunted"), scores.toString());
    }

    private void write(String candidate, String document) {
        rest.put("/" + feed.candidates() + "/_doc/" + candidate + "?refresh", document)
                .ok();
    }
}
