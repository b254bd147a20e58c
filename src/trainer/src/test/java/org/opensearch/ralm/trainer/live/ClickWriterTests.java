package org.opensearch.ralm.trainer.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ClusterException;
import org.opensearch.ralm.trainer.publish.FakeCluster;
import org.opensearch.ralm.trainer.publish.FakeCluster.Answer;

class ClickWriterTests {

    private static final List<Click> CLICKS =
            List.of(new Click("a", "u1", 10), new Click("b", "u2", 11), new Click("a", "u1", 12));

    private final List<Long> waits = new ArrayList<>();
    private FakeCluster cluster;
    private ClusterClient client;
    private ClickWriter writer;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster();
        client = cluster.client();
        writer = new ClickWriter(client, "clicks", new BackOff(4, 1, 1, waits::add));
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void eachClickIsAcknowledgedInOneRequestWithoutIdOrRouting() {
        cluster.answer(new FakeClicks(click -> 0)::answer);
        assertEquals(
                List.of(new Acknowledgement(0, true), new Acknowledgement(1, true), new Acknowledgement(2, false)),
                writer.write(CLICKS));
        assertEquals(1, cluster.asked().size());
        assertEquals(
                """
                {"index":{}}
                {"candidate":"a","user":"u1","time":10}
                {"index":{}}
                {"candidate":"b","user":"u2","time":11}
                {"index":{}}
                {"candidate":"a","user":"u1","time":12}
                """,
                cluster.asked().getFirst().body());
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void whatIsNotTakenIsSentAgainAloneAndInOrder(int status) {
        Set<Long> once = new HashSet<>(Set.of(10L, 12L));
        FakeClicks clicks =
                new FakeClicks(click -> once.remove(click.path("time").asLong()) ? status : 0);
        cluster.answer(clicks::answer);
        assertEquals(
                List.of(new Acknowledgement(1, true), new Acknowledgement(0, true), new Acknowledgement(2, false)),
                writer.write(CLICKS));
        assertEquals(List.of(List.of("a:u1", "b:u2", "a:u1"), List.of("a:u1", "a:u1")), clicks.bulks());
        assertEquals(1, waits.size());
        assertEquals(status == 429 ? 2 : 0, writer.rejected());
    }

    @Test
    void aWholeRequestThatIsRejectedIsSentAgainAndItsClicksCounted() {
        AtomicInteger requests = new AtomicInteger();
        FakeClicks clicks = new FakeClicks(click -> 0);
        cluster.answer(request ->
                requests.incrementAndGet() < 3 ? Answer.error(429, "too many bytes") : clicks.answer(request));
        assertEquals(3, writer.write(CLICKS).size());
        assertEquals(6, writer.rejected());
        assertEquals(2, waits.size());
    }

    @Test
    void aClickRefusedForWhatItIsEndsIt() {
        cluster.answer(new FakeClicks(click -> click.path("user").asText().equals("u2") ? 400 : 0)::answer);
        ClusterException fault = assertThrows(ClusterException.class, () -> writer.write(CLICKS));
        assertEquals("Click[candidate=b, user=u2, time=11] was refused with 400: status 400", fault.getMessage());
        assertEquals(List.of(), waits);
    }

    @Test
    void itGivesUpAfterTheLastAttempt() {
        cluster.answer(request -> Answer.error(429, "too many bytes"));
        ClusterException fault = assertThrows(ClusterException.class, () -> writer.write(CLICKS));
        assertEquals(429, fault.status());
        assertEquals(4, cluster.asked().size());
    }

    @Test
    void anAnswerForFewerClicksIsNotTakenForSuccess() {
        cluster.answer(request -> new Answer(200, "{}"));
        ClusterException fault = assertThrows(ClusterException.class, () -> writer.write(CLICKS));
        assertEquals(true, fault.getMessage().endsWith("was sent 3 clicks, but answered for 0"), fault.getMessage());
    }
}
