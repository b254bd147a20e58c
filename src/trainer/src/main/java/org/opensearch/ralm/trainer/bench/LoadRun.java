package org.opensearch.ralm.trainer.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import org.opensearch.ralm.trainer.live.Acknowledgement;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.Pace;
import org.opensearch.ralm.trainer.live.Quantiles;
import org.opensearch.ralm.trainer.live.Repeating;
import org.opensearch.ralm.trainer.live.Staleness;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/** The bench's main part: clicks at a steady rate, watched until all are counted. Runs once. */
final class LoadRun {

    /** Clicks sampled a second: enough for a 99th percentile, few enough not to be a load of their own. */
    private static final double SAMPLED_A_SECOND = 10;

    private static final long STALENESS_POLL_MILLIS = 250;
    private static final long SERVER_POLL_MILLIS = 2_000;
    private static final long DRAIN_POLL_NANOS = 500_000_000;
    private static final long DRAIN_NANOS = 120_000_000_000L;

    /** Waits up to a second at a time, for about ten minutes, before a click is given up. */
    private static final BackOff BACK_OFF = new BackOff(800, 50, 1_000, Thread::sleep);

    private final BenchFeed feed;
    private final ServerProbe server;
    private final LiveOptions options;
    private final ClickStream stream;
    private final ClickWriter writer;
    private final Staleness staleness;
    private final ClickBooks books;
    private final ConcurrentLinkedQueue<Double> delays = new ConcurrentLinkedQueue<>();
    private final List<Long> backlog = new ArrayList<>();
    private double heapPeak;

    LoadRun(ClusterClient client, BenchFeed feed, ServerProbe server, LiveOptions options, ClickStream stream) {
        this.feed = feed;
        this.server = server;
        this.options = options;
        this.stream = stream;
        this.writer = new ClickWriter(client, feed.live().clicks(), BACK_OFF);
        this.staleness = new Staleness(client, feed.live().candidates(), System::nanoTime);
        this.books = new ClickBooks(options.candidates());
    }

    Load run() {
        double refreshBefore = server.refreshSeconds();
        double processBefore = server.processSeconds();
        long begin = System.nanoTime();
        try (Repeating polling = new Repeating(staleness::poll, STALENESS_POLL_MILLIS)) {
            try (Repeating watching = new Repeating(this::watchServer, SERVER_POLL_MILLIS)) {
                new PacedSender(stream, new Pace(begin, options.rate()), options.clicks(), writer, this::acknowledged)
                        .send();
            }
            double seconds = secondsSince(begin);
            double refreshCores = (server.refreshSeconds() - refreshBefore) / seconds;
            double serverCores = (server.processSeconds() - processBefore) / seconds;
            long drainBegin = System.nanoTime();
            ClickBooks.Difference difference = drain(drainBegin + DRAIN_NANOS);
            return new Load(
                    books.acknowledged(),
                    books.distinct(),
                    difference.missing(),
                    difference.surplus(),
                    writer.rejected(),
                    books.acknowledged() / seconds,
                    Quantiles.of(delays),
                    staleness.seconds(),
                    secondsSince(drainBegin),
                    refreshCores,
                    serverCores,
                    Backlog.of(backlog),
                    heapPeak);
        }
    }

    private void acknowledged(Pair pair, Acknowledgement acknowledgement, double secondsLate) {
        books.enter(pair);
        delays.add(secondsLate);
        double sampled = SAMPLED_A_SECOND / options.rate();
        if (acknowledgement.created() && ThreadLocalRandom.current().nextDouble() < sampled) {
            staleness.watch(pair.candidateId(), acknowledgement.seqNo());
        }
    }

    private void watchServer() {
        backlog.add(feed.live().backlog());
        heapPeak = Math.max(heapPeak, server.heapMegabytes());
    }

    /** Waits until the cluster counts what the books say, at most until a deadline; says what is left then. */
    private ClickBooks.Difference drain(long deadline) {
        ClickBooks.Difference difference = books.against(feed.seedCounts());
        while ((difference.isNone() == false || staleness.pending() > 0) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(DRAIN_POLL_NANOS);
            difference = books.against(feed.seedCounts());
        }
        return difference;
    }

    private static double secondsSince(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
