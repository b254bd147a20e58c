package org.opensearch.ralm.trainer.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.FakeCluster;

class ImpressionsTests {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-30T23:59:59Z"));

    private static final String PAGE =
            """
            {"hits": {"hits": [
              {"_id": "a", "_source": {"ralm": {"seed_count": 3}, "tags": ["t1", "t2"]},
               "fields": {"ralm_log": [{"position": 0, "model": "m1", "global": 0.4, "local": 0.6, "raw": 0.5,
                 "probability": 0.1, "seed_count": 3, "state": "warm"}]}},
              {"_id": "b", "_source": {}, "fields": {"ralm_log": [{"position": 0, "state": "none"}]}}]}}""";

    /** What an add and a flush have written, and the template that was put. */
    private static List<FakeCluster.Asked> asked() throws IOException {
        try (FakeCluster cluster = new FakeCluster();
                ClusterClient client = cluster.client()) {
            cluster.answer(request -> new FakeCluster.Answer(
                    200, "{\"items\": [{\"index\": {\"status\": 201}}, {\"index\": {\"status\": 201}}]}"));
            Impressions impressions = new Impressions(client, "news", Optional.of("tags"), CLOCK);
            impressions.putTemplate();
            impressions.add(new Click("b", "u7", 0), JSON.readTree(PAGE), candidate -> candidate.equals("a") ? 9 : 0);
            impressions.flush();
            return cluster.asked();
        }
    }

    private static List<JsonNode> documents(FakeCluster.Asked bulk) throws IOException {
        List<JsonNode> documents = new ArrayList<>();
        String[] lines = bulk.body().split("\n");
        for (int line = 1; line < lines.length; line += 2) {
            documents.add(JSON.readTree(lines[line]));
        }
        return documents;
    }

    @Test
    void aPageBecomesADocumentForEachCandidate() throws IOException {
        FakeCluster.Asked bulk = asked().get(1);
        assertEquals("/ralm-impressions-2026.11/_bulk", bulk.path());
        List<JsonNode> documents = documents(bulk);
        assertEquals(
                JSON.readTree(
                        """
                        {"@timestamp": "2026-11-30T23:59:59Z", "feed": "news", "candidate": "a", "user": "u7",
                         "position": 1, "model": "m1", "score": 0.5, "probability": 0.1, "global_cosine": 0.4,
                         "local_cosine": 0.6, "seed_count": 3, "state": "warm", "clicks_24h": 9,
                         "category": ["t1", "t2"], "clicked": false}"""),
                documents.get(0));
        assertEquals(
                JSON.readTree(
                        """
                        {"@timestamp": "2026-11-30T23:59:59Z", "feed": "news", "candidate": "b", "user": "u7",
                         "position": 2, "state": "none", "clicks_24h": 0, "clicked": true}"""),
                documents.get(1));
    }

    @Test
    void theTemplateMapsEveryMember() throws IOException {
        List<FakeCluster.Asked> asked = asked();
        assertEquals("/_index_template/ralm-impressions", asked.get(0).path());
        JsonNode template = JSON.readTree(asked.get(0).body());
        assertEquals("ralm-impressions-*", template.at("/index_patterns/0").asText());
        Set<String> mapped = new HashSet<>();
        template.at("/template/mappings/properties").fieldNames().forEachRemaining(mapped::add);
        Set<String> written = new HashSet<>();
        documents(asked.get(1)).get(0).fieldNames().forEachRemaining(written::add);
        assertEquals(mapped, written);
        assertTrue(mapped.contains("clicked"));
    }
}
