package org.opensearch.ralm.trainer.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.FakeCluster;
import org.opensearch.ralm.trainer.publish.FakeCluster.Answer;

class StalenessTests {

    private static final long SECOND = 1_000_000_000;

    private final AtomicLong now = new AtomicLong();
    private final Map<String, Long> counted = new ConcurrentHashMap<>();
    private FakeCluster cluster;
    private ClusterClient client;
    private Staleness staleness;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster();
        cluster.answer(request -> new Answer(200, candidates()));
        client = cluster.client();
        staleness = new Staleness(client, "news", now::get);
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void aClickIsCountedWhenItsCandidateHasReachedItsSequenceNumber() {
        staleness.watch("a", 5);
        staleness.watch("a", 9);
        now.set(2 * SECOND);
        counted.put("a", 4L);
        staleness.poll();
        assertEquals(2, staleness.pending());
        now.set(3 * SECOND);
        counted.put("a", 5L);
        staleness.poll();
        assertEquals(1, staleness.pending());
        now.set(7 * SECOND);
        counted.put("a", 12L);
        staleness.poll();
        assertEquals(0, staleness.pending());
        assertEquals(2, staleness.seconds().size());
        assertEquals(3, staleness.seconds().at(0.5));
        assertEquals(7, staleness.seconds().at(1));
    }

    @Test
    void aCandidateThatWasNeverRefreshedHasCountedNothing() {
        staleness.watch("b", 0);
        counted.put("a", 100L);
        staleness.poll();
        assertEquals(1, staleness.pending());
        assertEquals(0, staleness.seconds().size());
    }

    @Test
    void eachCandidateIsAskedForOnceAndOnlyWhileItHasToBe() {
        staleness.poll();
        assertEquals(0, cluster.asked().size());
        staleness.watch("a", 1);
        staleness.watch("a", 2);
        staleness.poll();
        assertEquals("{\"ids\":[\"a\"]}", cluster.asked().getFirst().body());
        counted.put("a", 2L);
        staleness.poll();
        staleness.poll();
        assertEquals(2, cluster.asked().size());
    }

    private String candidates() {
        StringBuilder docs = new StringBuilder("{\"_id\":\"b\",\"found\":true,\"_source\":{}}");
        counted.forEach((candidate, seqNo) -> docs.append(
                ",{\"_id\":\"%s\",\"_source\":{\"ralm\":{\"clicks_seq_no\":%d}}}".formatted(candidate, seqNo)));
        return "{\"docs\":[" + docs + "]}";
    }
}
