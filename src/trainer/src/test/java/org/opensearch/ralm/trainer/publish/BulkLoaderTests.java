package org.opensearch.ralm.trainer.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.publish.FakeCluster.Answer;
import org.opensearch.ralm.trainer.publish.FakeCluster.Asked;

class BulkLoaderTests {

    private static final Answer BUSY = Answer.error(429, "queue is full");

    private final List<Integer> acknowledged = new ArrayList<>();
    private int added;
    private FakeCluster cluster;
    private ClusterClient client;
    private BulkLoader loader;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster();
        client = cluster.client();
        client.request("PUT", "/docs", JsonNodeFactory.instance.objectNode());
        loader = new BulkLoader(client, "docs", () -> acknowledged.add(added));
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void aBatchHasAThousandDocumentsAtMost() {
        add(2_500, "");
        loader.flush();
        assertEquals(List.of(1_000, 1_000, 500), batchSizes());
        assertEquals(List.of(1_000, 2_000, 2_500), acknowledged);
        assertEachStoredOnce(2_500);
    }

    @Test
    void aBatchIsSentWhenItIsLarge() {
        add(9, "x".repeat(1 << 20));
        loader.flush();
        assertEquals(List.of(4, 4, 1), batchSizes());
        assertEachStoredOnce(9);
    }

    @Test
    void nothingToSendIsNotSent() {
        loader.flush();
        assertEquals(List.of(), cluster.bulks());
        assertEquals(List.of(), acknowledged);
    }

    @Test
    void documentsArriveAsTheyAre() {
        JsonNode document =
                JsonNodeFactory.instance.objectNode().put("a", "ü\n\"").put("b", 0.1f);
        loader.add("id \"1\"\n", document);
        loader.flush();
        assertEquals(
                document.toString(),
                cluster.index("docs").documents().get("id \"1\"\n").get(0).toString());
    }

    @Test
    void whatWasRejectedForLoadIsSentAgainAndOnlyThat() {
        Set<String> once = new HashSet<>(Set.of("d3", "d7"));
        cluster.refuseItems(id -> once.remove(id) ? BUSY : null);
        add(10, "");
        loader.flush();
        assertEquals(List.of(10, 2), batchSizes());
        assertEquals(List.of(10), acknowledged);
        assertEachStoredOnce(10);
    }

    @Test
    void aBusyClusterIsGivenUpAfterTheLastAttempt() {
        cluster.refuseItems(id -> id.equals("d1") || id.equals("d2") ? BUSY : null);
        add(5, "");
        ClusterException fault = assertThrows(ClusterException.class, loader::flush);
        assertEquals("2 documents were still rejected after 4 attempts: the cluster is too busy", fault.getMessage());
        assertEquals(List.of(5, 2, 2, 2), batchSizes());
        assertEquals(List.of(), acknowledged);
    }

    @Test
    void anyOtherRefusalEndsTheLoadWithIdAndReason() {
        cluster.refuseItems(id -> id.equals("d4")
                ? new Answer(400, "{\"error\":{\"reason\":\"failed to parse\",\"caused_by\":{\"reason\":\"NaN\"}}}")
                : null);
        add(10, "");
        ClusterException fault = assertThrows(ClusterException.class, loader::flush);
        assertEquals("document [d4] was refused with 400: failed to parse: NaN", fault.getMessage());
        assertEquals(1, cluster.bulks().size());
        assertEquals(List.of(), acknowledged);
    }

    @Test
    void aWholeBatchThatIsRejectedIsSentAgain() {
        AtomicInteger attempts = new AtomicInteger();
        cluster.answer(request -> request.isBulk() && attempts.incrementAndGet() < 3 ? BUSY : null);
        add(3, "");
        loader.flush();
        assertEquals(List.of(3, 3, 3), batchSizes());
        assertEachStoredOnce(3);
    }

    @Test
    void anAnswerForFewerDocumentsIsNotTakenForSuccess() {
        cluster.answer(request -> request.isBulk() ? new Answer(200, "{\"errors\":false,\"items\":[]}") : null);
        add(3, "");
        ClusterException fault = assertThrows(ClusterException.class, loader::flush);
        assertEquals("POST /docs/_bulk was sent 3 documents, but answered for 0", fault.getMessage());
        assertEquals(List.of(), acknowledged);
    }

    private void add(int count, String padding) {
        for (int i = 0; i < count; i++) {
            added++;
            loader.add(
                    "d" + i, JsonNodeFactory.instance.objectNode().put("n", i).put("padding", padding));
        }
    }

    private List<Integer> batchSizes() {
        return cluster.bulks().stream()
                .map(Asked::body)
                .map(body -> body.split("\n").length / 2)
                .toList();
    }

    private void assertEachStoredOnce(int count) {
        assertEquals(count, cluster.index("docs").documents().size());
        for (int i = 0; i < count; i++) {
            List<JsonNode> versions = cluster.index("docs").documents().get("d" + i);
            assertTrue(versions.size() == 1 && versions.get(0).path("n").intValue() == i, versions.toString());
        }
    }
}
