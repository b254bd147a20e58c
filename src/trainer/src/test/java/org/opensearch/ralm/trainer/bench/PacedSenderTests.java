package org.opensearch.ralm.trainer.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.FakeClicks;
import org.opensearch.ralm.trainer.live.Pace;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.FakeCluster;

class PacedSenderTests {

    private static final int CLICKS = 1_050;
    private static final int RATE = 1_000;

    private final ConcurrentLinkedQueue<Pair> received = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<Double> late = new ConcurrentLinkedQueue<>();
    private FakeCluster cluster;
    private ClusterClient client;

    @BeforeEach
    void start() throws IOException {
        cluster = new FakeCluster();
        client = cluster.client();
    }

    @AfterEach
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void everyClickIsSentInBulksOfATenthOfASecond() {
        FakeClicks clicks = new FakeClicks(click -> 0);
        cluster.answer(clicks::answer);
        send(System.nanoTime() - 10_000_000_000L);
        assertEquals(expected(), sorted(received.stream().toList()));
        assertEquals(11, clicks.bulks().size());
        assertEquals(CLICKS, clicks.bulks().stream().mapToInt(List::size).sum(), "the last bulk holds what is left");
    }

    @Test
    void noClickIsSentBeforeItIsDueAndALateOneKeepsItsDueTime() {
        cluster.answer(new FakeClicks(click -> 0)::answer);
        send(System.nanoTime());
        assertTrue(late.stream().allMatch(seconds -> seconds > 0), late.toString());
        late.clear();
        send(System.nanoTime() - 10_000_000_000L);
        assertTrue(late.stream().allMatch(seconds -> seconds > 8), late.toString());
    }

    @Test
    void rejectedClicksAreNotDropped() {
        AtomicInteger asked = new AtomicInteger();
        cluster.answer(new FakeClicks(click -> asked.incrementAndGet() % 3 == 0 ? 429 : 0)::answer);
        send(System.nanoTime() - 10_000_000_000L);
        assertEquals(expected(), sorted(received.stream().toList()));
    }

    @Test
    void aClickRefusedForWhatItIsEndsTheRun() {
        cluster.answer(new FakeClicks(click -> 400)::answer);
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> send(System.nanoTime()));
        assertTrue(failure.getMessage().contains("was refused with 400"), failure.getMessage());
    }

    private void send(long start) {
        ClickWriter writer = new ClickWriter(client, "clicks", new BackOff(100, 1, 1, millis -> {}));
        new PacedSender(stream(), new Pace(start, RATE), CLICKS, writer, (pair, acknowledgement, secondsLate) -> {
                    received.add(pair);
                    late.add(secondsLate);
                })
                .send();
    }

    private static ClickStream stream() {
        return new ClickStream(10, 1_000, 1);
    }

    private static List<String> expected() {
        ClickStream stream = stream();
        return sorted(Stream.generate(stream::next).limit(CLICKS).toList());
    }

    private static List<String> sorted(List<Pair> pairs) {
        return pairs.stream().map(Pair::toString).sorted().toList();
    }
}
