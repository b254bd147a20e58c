package org.opensearch.ralm.trainer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.opensearch.ralm.trainer.live.Acknowledgement;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.Pace;

/**
 * Sends a stream of clicks at a steady rate from several threads, some at a time: a bulk goes out when the last of its
 * clicks is due, or as soon as a thread is free after that. No click is left out.
 */
final class PacedSender {

    private static final int THREADS = 4;
    private static final int BULKS_A_SECOND = 10;

    private final ClickStream stream;
    private final Pace pace;
    private final long clicks;
    private final ClickWriter writer;
    private final Receiver receiver;
    private long sent;

    /** Is told of each click that has been acknowledged, by several threads. */
    interface Receiver {
        /**
         * @param secondsLate from when the click was due to its acknowledgement
         */
        void acknowledged(Pair pair, Acknowledgement acknowledgement, double secondsLate);
    }

    /** Clicks that go together. */
    private record Bulk(List<Pair> pairs, long firstNumber) {}

    /**
     * @param clicks how many clicks are sent
     */
    PacedSender(ClickStream stream, Pace pace, long clicks, ClickWriter writer, Receiver receiver) {
        this.stream = stream;
        this.pace = pace;
        this.clicks = clicks;
        this.writer = writer;
        this.receiver = receiver;
    }

    /** Sends all clicks and returns when the last has been acknowledged. */
    void send() {
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Future<Void>> ends = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                ends.add(threads.submit((Callable<Void>) this::sendBulks));
            }
            for (Future<Void> end : ends) {
                end.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "sending clicks failed: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while sending clicks", e);
        }
    }

    private Void sendBulks() {
        for (Bulk bulk = next(); bulk.pairs.isEmpty() == false; bulk = next()) {
            pace.await(bulk.firstNumber + bulk.pairs.size() - 1);
            List<Click> sending = bulk.pairs.stream()
                    .map(pair -> new Click(pair.candidateId(), pair.userId(), System.currentTimeMillis()))
                    .toList();
            List<Acknowledgement> acknowledgements = writer.write(sending);
            long now = System.nanoTime();
            for (int i = 0; i < acknowledgements.size(); i++) {
                double late = (now - pace.due(bulk.firstNumber + i)) / 1e9;
                receiver.acknowledged(bulk.pairs.get(i), acknowledgements.get(i), late);
            }
        }
        return null;
    }

    private synchronized Bulk next() {
        long size = Math.min(Math.max(1, pace.rate() / BULKS_A_SECOND), clicks - sent);
        List<Pair> pairs = new ArrayList<>();
        for (long i = 0; i < size; i++) {
            pairs.add(stream.next());
        }
        Bulk bulk = new Bulk(pairs, sent);
        sent += size;
        return bulk;
    }
}
