package org.opensearch.ralm.trainer.bench.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.server.ServerNode;

/** Fills the heap of one node with requests that need much memory and store nothing. Thread-safe. */
final class HeapLoad {

    private static final int CLIENTS = 6;
    private static final int DOCUMENTS = 100;
    private static final int DOCUMENT = 200_000;
    private static final int TOO_MANY_REQUESTS = 429;

    private static final byte[] AGGREGATION =
            """
            {"size": 0, "aggs": {"users": {"terms": {"field": "user", "size": 5000},
             "aggs": {"last": {"top_hits": {"size": 20}}}}}}"""
                    .getBytes(StandardCharsets.UTF_8);

    private final OneNode client = new OneNode();
    private final byte[] bulk = bulk();
    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    /** Sends requests to a node for a while, or until it has died. */
    void run(ServerNode node, int seconds) {
        long deadline = System.nanoTime() + seconds * 1_000_000_000L;
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            CompletableFuture.allOf(IntStream.range(0, CLIENTS)
                            .mapToObj(number -> (Runnable) () -> send(node, number % 2 == 0, deadline))
                            .map(client -> CompletableFuture.runAsync(client, threads))
                            .toArray(CompletableFuture[]::new))
                    .join();
        }
    }

    /** How many such requests were sent. */
    long sent() {
        return sent.get();
    }

    /** How many of them were refused with 429. */
    long refused() {
        return refused.get();
    }

    private void send(ServerNode node, boolean writes, long deadline) {
        while (System.nanoTime() < deadline && node.isAlive()) {
            sent.incrementAndGet();
            try {
                OneNode.Answer answer = writes
                        ? client.post(node.url(), "/nobody/_bulk?require_alias=true", bulk)
                        : client.post(
                                node.url(),
                                "/" + ChaosFeed.NAME + "-clicks/_search?preference=_local&request_cache=false",
                                AGGREGATION);
                refused.addAndGet(answer.status() == TOO_MANY_REQUESTS ? 1 : 0);
            } catch (IOException noAnswer) {
                // The node has died of it, or takes its time: that is what this is for.
            }
        }
    }

    /** Documents for an alias that does not exist: held in memory, then refused one by one. */
    private static byte[] bulk() {
        String line = "{\"index\":{}}\n{\"text\":\"" + "x".repeat(DOCUMENT) + "\"}\n";
        return line.repeat(DOCUMENTS).getBytes(StandardCharsets.UTF_8);
    }
}
