package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import org.opensearch.ralm.trainer.server.ServerNode;

/**
 * Asks the nodes of a cluster in turn, one request after the other, as a client does that goes to the next node where
 * one is down. Counted as failed is every request that the last node it was sent to did not answer with 200 or 201, and
 * every search with failed shards; only a request to the node that is just being stopped and started, or a search that it
 * had a part in, may go on to the next.
 */
final class SteadyTraffic {

    /** What is asked. */
    record Request(String method, String path, String body) {}

    private final List<ServerNode> nodes;
    private final LongFunction<Request> requests;
    private final AtomicLong answered = new AtomicLong();
    private final AtomicLong movedOn = new AtomicLong();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private volatile ServerNode down;

    /**
     * @param requests what to ask, by number, from 0 on
     */
    SteadyTraffic(List<ServerNode> nodes, LongFunction<Request> requests) {
        this.nodes = nodes;
        this.requests = requests;
    }

    /** Says which node is being stopped and started; null for none. */
    void down(ServerNode node) {
        down = node;
    }

    /** Asks while something happens; fails if a request did. */
    void during(ClickTraffic.Fault event) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> asking = CompletableFuture.runAsync(() -> {
            while (over.get() == false) {
                ask(requests.apply(answered.get()), (int) (answered.get() % nodes.size()));
                answered.incrementAndGet();
            }
        });
        try {
            event.happen();
        } finally {
            over.set(true);
            asking.join();
        }
        assertEquals(List.of(), List.copyOf(failures), this::toString);
        assertTrue(answered.get() > 0, this::toString);
    }

    /** How many requests there were. */
    long answered() {
        return answered.get();
    }

    private void ask(Request request, int first) {
        for (int attempt = 0; attempt < nodes.size(); attempt++) {
            ServerNode node = nodes.get((first + attempt) % nodes.size());
            ServerNode before = down;
            String failure = failure(node, request);
            if (failure == null) {
                return;
            }
            if (isOf(before, node, failure) == false && isOf(down, node, failure) == false) {
                failures.add(node.name() + ": " + failure);
                return;
            }
            movedOn.incrementAndGet();
        }
        failures.add("no node took " + request);
    }

    /**
     * Whether a node that is down explains a failure: it was asked itself, or went between the phases of a search, which
     * OpenSearch answers so whatever the index.
     */
    private static boolean isOf(ServerNode gone, ServerNode asked, String failure) {
        return gone != null
                && (gone == asked
                        || failure.contains("_search")
                                && failure.contains("[" + gone.name() + "]")
                                && hasLeft(failure));
    }

    private static boolean hasLeft(String failure) {
        return failure.contains("node_not_connected_exception") || failure.contains("node_disconnected_exception");
    }

    private static String failure(ServerNode node, Request request) {
        try {
            Rest.Answer answer = new Rest(node.url()).send(request.method(), request.path(), request.body());
            boolean whole = request.path().endsWith("_search") == false
                    || answer.json().at("/_shards/failed").asInt() == 0;
            return whole && (answer.status() == 200 || answer.status() == 201) ? null : request + ": " + answer;
        } catch (AssertionError noAnswer) {
            return noAnswer + ", " + noAnswer.getCause();
        }
    }

    @Override
    public String toString() {
        return answered + " requests, " + movedOn + " of them sent on from the node that was down";
    }
}
