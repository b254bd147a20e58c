package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.transport.OpenSearchTransport;
import org.opensearch.client.transport.httpclient5.ApacheHttpClient5TransportBuilder;
import org.opensearch.ralm.client.FeedBackend;
import org.opensearch.ralm.client.PageHit;

/** The example of a feed's backend by opensearch-java does what it says. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JavaClientIT {
    private final AtomicInteger bulks = new AtomicInteger();
    private Rest rest;
    private ClientFeed feed;
    private OpenSearchTransport transport;
    private FeedBackend backend;

    @BeforeAll
    void setUp(Rest shared) throws Exception {
        rest = shared;
        feed = ClientFeed.create(rest, "client-java");
        transport = ApacheHttpClient5TransportBuilder.builder(HttpHost.create(rest.url()))
                .setHttpClientConfigCallback(
                        http -> http.addRequestInterceptorFirst((request, entity, context) -> count(request)))
                .build();
        OpenSearchClient client = new OpenSearchClient(transport);
        backend = new FeedBackend(client, feed.name(), feed.candidates(), feed.clicks());

        // The same candidate twice in a bulk: one of the two is a conflict until it is sent again.
        assertEquals(
                List.of(),
                backend.putCandidates(
                        List.of(candidate("a1", "One"), candidate("a2", "Two"), candidate("a1", "One again"))));
        assertEquals(2, bulks.get());
        assertEquals(
                List.of(),
                backend.sendClicks(
                        Map.of("a1", List.of("u1", "u2", "u3", "u4", "u5"), "a2", List.of("u6", "u7", "u8"))));
        rest.post("/_plugins/_ralm/feeds/" + feed.name() + "/_refresh", "").ok();
        rest.post("/" + feed.candidates() + "/_refresh", "").ok();
    }

    @AfterAll
    void close() throws IOException {
        transport.close();
    }

    private void count(HttpRequest request) {
        try {
            if (request.getUri().getPath().endsWith("/_bulk")) {
                bulks.incrementAndGet();
            }
        } catch (URISyntaxException invalid) {
            throw new AssertionError(invalid);
        }
    }

    private static Map.Entry<String, ObjectNode> candidate(String id, String title) {
        return Map.entry(id, JsonNodeFactory.instance.objectNode().put("title", title));
    }

    @Test
    void aPageIsMadeOfWhatUsersClicked() throws IOException {
        Map<String, PageHit> page = backend.page("u1", 10).stream().collect(Collectors.toMap(PageHit::id, hit -> hit));
        assertEquals(Set.of("a1", "a2"), page.keySet());
        assertEquals(5, page.get("a1").features().path("seed_count").asInt());
        assertEquals(3, page.get("a2").features().path("seed_count").asInt());
        assertEquals("Two", page.get("a2").source().path("title").asText());
        assertEquals("warm", page.get("a2").features().path("state").asText());
    }

    @Test
    void aUserNobodyKnowsHasAPageToo() throws IOException {
        assertEquals(2, backend.page("nobody", 10).size());
    }

    @Test
    void whatCameOfAPageIsLogged() throws IOException {
        List<PageHit> page = backend.page("u2", 10);
        assertEquals(List.of(), backend.logImpressions("u2", page, Set.of("a2")));
        rest.post("/ralm-impressions-*/_refresh", "").ok();
        JsonNode hits = rest.post(
                        "/ralm-impressions-*/_search",
                        "{\"query\": {\"match_phrase\": {\"feed\": \"" + feed.name() + "\"}}}")
                .ok()
                .json()
                .at("/hits/hits");
        assertEquals(2, hits.size());
        for (JsonNode hit : hits) {
            JsonNode impression = hit.path("_source");
            assertEquals(
                    impression.path("candidate").asText().equals("a2"),
                    impression.path("clicked").asBoolean());
            double raw = page.get(impression.path("position").asInt() - 1)
                    .features()
                    .path("raw")
                    .asDouble();
            assertEquals(raw, impression.path("score").asDouble());
        }
    }

    @Test
    void rejectedClicksAreSentAgain() throws Exception {
        int before = bulks.get();
        limitMemory("\"0b\"");
        Thread freeing = Thread.ofVirtual().start(() -> {
            Await.until(() -> bulks.get() - before >= 2 ? null : "the clicks were sent once");
            limitMemory("null");
        });
        try {
            assertEquals(List.of(), backend.sendClicks(Map.of("a3", List.of("u9"))));
        } finally {
            freeing.join();
            limitMemory("null");
        }
        assertEquals(
                1,
                rest.get("/" + feed.clicks() + "/_doc/a3:u9?routing=a3")
                        .ok()
                        .json()
                        .path("_version")
                        .asInt());
    }

    private void limitMemory(String limit) {
        rest.put("/_cluster/settings", "{\"persistent\": {\"breaker.ralm.limit\": %s}}".formatted(limit))
                .ok();
    }

    @Test
    void whatTheClusterRefusesIsTold() throws IOException {
        List<String> refused = backend.sendClicks(Map.of("a1", List.of("u1", "")));
        assertEquals(1, refused.size());
        assertTrue(refused.getFirst().startsWith("400: "), refused::toString);
        FeedBackend other = new FeedBackend(new OpenSearchClient(transport), "none", feed.candidates(), feed.clicks());
        IOException failure = assertThrows(IOException.class, () -> other.page("u1", 10));
        assertTrue(failure.getMessage().startsWith("404: "), failure.getMessage());
    }
}
