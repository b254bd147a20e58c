package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bad input is refused in words, and what was stored before is there afterwards. */
@ExtendWith(SharedCluster.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputIT {
    private static final String PLAIN_INDEX = "badinput-plain";
    private static final String FOREIGN_USER = "from-elsewhere";
    private static final int LONGEST_ANSWER = 10_000;

    private Rest rest;
    private TestFeed feed;
    private List<Object> stored;

    @BeforeAll
    void setUp(Rest shared) {
        rest = shared;
        feed = TestFeed.create(rest, "badinput");
        rest.put(
                        "/" + PLAIN_INDEX,
                        "{\"mappings\": {\"properties\": {\"ralm\": {\"properties\":"
                                + " {\"seeds\": {\"type\": \"ralm_seeds\", \"dimension\": 8}}}}}}")
                .ok();
        rest.put(
                        "/" + feed.users() + "/_doc/" + FOREIGN_USER,
                        "{\"model\": \"older\", \"vector\": [1, 0, 0, 0, 0, 0, 0, 0]}")
                .ok();
        stored = whatIsStored();
    }

    @ParameterizedTest
    @MethodSource("badInputs")
    void isRefusedInWords(BadInput input) {
        Rest.Answer answer = rest.send(input.method(), input.path(), input.body());
        assertTrue(answer.status() >= 400 && answer.status() < 500, answer.toString());
        assertTrue(
                answer.text().length() < LONGEST_ANSWER,
                () -> "answer of " + answer.text().length() + " characters");
        for (String told : input.told()) {
            assertTrue(answer.text().contains(told), () -> "nothing about [" + told + "] in " + answer);
        }
    }

    @Test
    void aBadDocumentOfABulkRequestSparesTheOthers() {
        JsonNode items = rest.post(
                        "/" + feed.candidates() + "/_bulk?refresh",
                        """
                        {"index": {"_id": "good1"}}
                        {"seed_users": ["u1", "u2"]}
                        {"index": {"_id": "bad"}}
                        {"seed_users": [7]}
                        {"index": {"_id": "good2"}}
                        {"seed_users": ["u3"]}
                        """)
                .ok()
                .json()
                .get("items");
        assertEquals(201, items.at("/0/index/status").asInt(), items.toString());
        assertEquals(400, items.at("/1/index/status").asInt(), items.toString());
        assertEquals(201, items.at("/2/index/status").asInt(), items.toString());
        assertEquals(2, feed.candidate("good1").at("/ralm/seed_count").asInt());
        assertEquals(1, feed.candidate("good2").at("/ralm/seed_count").asInt());
        rest.delete("/" + feed.candidates() + "/_doc/good1").ok();
        rest.delete("/" + feed.candidates() + "/_doc/good2").ok();
    }

    @AfterEach
    void nothingIsLost() {
        assertEquals(stored, whatIsStored());
    }

    Stream<BadInput> badInputs() {
        return new BadInputs(feed, PLAIN_INDEX, FOREIGN_USER).all();
    }

    /** All but the metrics, which the node goes on writing. */
    private List<Object> whatIsStored() {
        rest.post("/_refresh", null).ok();
        return List.of(
                rest.get("/_cat/indices/*,-ralm-metrics-*?h=index,docs.count&s=index")
                        .ok()
                        .text(),
                rest.get("/_plugins/_ralm/models/" + feed.model().id()).ok().text(),
                rest.get("/_plugins/_ralm/feeds/" + feed.name()).ok().text(),
                feed.candidate("c3"),
                feed.search(TestFeed.query(feed.name(), "u1")));
    }
}
