package org.opensearch.ralm.trainer.bench.chaos;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.opensearch.ralm.trainer.bench.Machine;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.Repeating;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.ServerNode;

/**
 * Starts three nodes, lets them work while things break, and then looks whether all is there, right and no larger than
 * it was. Runs once.
 */
public final class ChaosBench {

    private static final long COUNTED_NANOS = 180_000_000_000L;
    private static final long CHANGES_MILLIS = 1_000;
    private static final long POLL_NANOS = 1_000_000_000;

    /** Waits a second at most, for about a quarter of an hour: longer than a full restart takes on a busy machine. */
    private static final BackOff BACK_OFF = new BackOff(1_200, 50, 1_000, Thread::sleep);

    private final ChaosOptions options;
    private final Consumer<String> out;
    private final Ledger ledger = new Ledger();
    private final Tally tally = new Tally();
    private final LeakBooks leaks = new LeakBooks();
    private ChaosCluster cluster;
    private ChaosFeed feed;
    private KnownModel other;
    private Faults faults;
    private ClickLoad clicks;
    private CandidateLoad candidates;
    private List<QueryLoad> queries;
    private ModelChanges changes;
    private long begin;

    /**
     * @param out takes lines for people
     */
    public ChaosBench(ChaosOptions options, Consumer<String> out) {
        this.options = options;
        this.out = out;
    }

    /** Does it all; the cluster is stopped whatever happens. */
    public ChaosResult run() throws IOException {
        ClusterOptions servers = ClusterOptions.in(options.directory().resolve("cluster"))
                .withNodes(ChaosOptions.NODES)
                .withHeap(ChaosOptions.HEAP);
        out.accept("starting " + ChaosOptions.NODES + " nodes, their files in " + servers.state());
        try (ChaosCluster running = ChaosCluster.start(servers)) {
            cluster = running;
            faults = new Faults(cluster, options.directory(), this::print);
            prepare();
            makeChaos();
            return result();
        }
    }

    private void prepare() throws IOException {
        KnownModel model = KnownModel.make("chaos-1", 1, options.directory().resolve("chaos-1"));
        other = KnownModel.make("chaos-2", 2, options.directory().resolve("chaos-2"));
        feed = new ChaosFeed(cluster.client(), model);
        feed.create(model);
        other.publish(cluster.client());
        ClickWriter writer = new ClickWriter(cluster.client(), feed.live().clicks(), BACK_OFF);
        candidates = new CandidateLoad(cluster.client(), feed.live().candidates(), BACK_OFF, ledger);
        candidates.add(ChaosOptions.CANDIDATES);
        clicks = new ClickLoad(writer, ledger, candidates::candidates);
        ScoreCheck check = new ScoreCheck(Map.of(model.id(), model, other.id(), other));
        queries = Stream.generate(() -> new QueryLoad(cluster, faults::current, check, tally))
                .limit(2)
                .toList();
        feed.merge();
        cluster.awaitWhole(cluster::restart);
    }

    private void makeChaos() throws IOException {
        begin = System.nanoTime();
        print("load without faults for %.0f s", options.warmUpSeconds());
        load(options.warmUpSeconds());
        measureProcesses();
        changes = new ModelChanges(cluster.client(), other, this::second, options.chaosSeconds(), this::print);
        try (Repeating changing = new Repeating(changes::step, CHANGES_MILLIS)) {
            print("load with faults for %.0f s", options.chaosSeconds());
            try (Traffic traffic = traffic()) {
                breakThings(second() + options.chaosSeconds());
            }
            print("load without faults for %.0f s", options.warmUpSeconds());
            load(options.warmUpSeconds());
            measureProcesses();
            print("load without faults for %.0f s", options.calmSeconds());
            load(options.calmSeconds());
        }
        measureProcesses();
    }

    private void breakThings(double end) throws IOException {
        FaultSchedule schedule = new FaultSchedule(options.seed(), ChaosOptions.NODES);
        for (Fault fault = schedule.next(); second() + fault.pauseSeconds() < end; fault = schedule.next()) {
            sleep(fault.pauseSeconds());
            faults.strike(fault);
        }
        sleep(Math.max(0, end - second()));
    }

    private void load(double seconds) {
        try (Traffic traffic = traffic()) {
            sleep(seconds);
        }
    }

    private Traffic traffic() {
        return new Traffic(clicks, candidates, queries);
    }

    /** While nothing is asked and all has been counted, of one segment a shard: so that the figures can be compared. */
    private void measureProcesses() throws IOException {
        uncounted();
        feed.merge();
        double second = second();
        for (ServerNode node : cluster.nodes()) {
            ProcessHandle process = node.process().orElseThrow();
            leaks.enter(node.name(), process.pid(), second, ProcessUse.of(process));
        }
    }

    /** Waits until all acknowledged clicks are counted, for some minutes at most; how many are not. */
    private long uncounted() {
        long deadline = System.nanoTime() + COUNTED_NANOS;
        long uncounted = ledger.uncounted(feed.seedCounts());
        while (uncounted > 0 && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL_NANOS);
            uncounted = ledger.uncounted(feed.seedCounts());
        }
        return uncounted;
    }

    private ChaosResult result() {
        out.accept("looking for all that was acknowledged");
        return new ChaosResult(
                Instant.now(),
                Machine.here(),
                options,
                ledger,
                ledger.lostClicks(feed.clickIds()),
                ledger.lostCandidates(feed.revisions()),
                uncounted(),
                clicks.rejected(),
                tally,
                faults,
                changes,
                leaks);
    }

    private double second() {
        return (System.nanoTime() - begin) / 1e9;
    }

    private void print(String format, Object... values) {
        print(String.format(Locale.ROOT, format, values));
    }

    private void print(String line) {
        out.accept(String.format(Locale.ROOT, "%5.0f s  %s", second(), line));
    }

    private static void sleep(double seconds) {
        LockSupport.parkNanos((long) (seconds * 1e9));
    }
}
