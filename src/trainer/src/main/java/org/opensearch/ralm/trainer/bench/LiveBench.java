package org.opensearch.ralm.trainer.bench;

import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.opensearch.ralm.trainer.live.LiveFeed;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;

/** Starts a cluster, measures what the ingest processor costs, sends clicks at a steady rate, stops the cluster. */
public final class LiveBench {

    private static final long STREAM_SEED = 7;

    private final LiveOptions options;
    private final Consumer<String> out;

    /**
     * @param out takes lines for people
     */
    public LiveBench(LiveOptions options, Consumer<String> out) {
        this.options = options;
        this.out = out;
    }

    /** Does it all. */
    public LiveResult run() throws IOException {
        out.accept("clustering beside " + KMeansComparison.LIBRARY);
        KMeansRatio kMeans = KMeansComparison.measure();
        ClusterOptions cluster = ClusterOptions.in(options.directory().resolve("cluster"));
        out.accept("starting OpenSearch, its files in " + cluster.state());
        try (LocalCluster running = LocalCluster.start(ServerLayout.find(), cluster);
                ClusterClient client = ClusterClient.connect(Optional.empty(), running.url())) {
            ProcessHandle process = running.nodes().getFirst().process().orElseThrow();
            return measure(client, new ServerProbe(client, process), cluster.heap(), kMeans);
        }
    }

    private LiveResult measure(ClusterClient client, ServerProbe server, String heap, KMeansRatio kMeans)
            throws IOException {
        print("publishing %,d users and indexing %,d candidates", options.users(), options.candidates());
        BenchFeed feed = new BenchFeed(client, new BenchModel(), options.candidates());
        feed.create(options.directory().resolve("model"), options.users(), 0);
        ClickStream stream = new ClickStream(options.candidates(), options.users(), STREAM_SEED);
        out.accept("indexing clicks with the ingest processor and without it");
        LiveFeed unrefreshed = feed.createUnrefreshed();
        IngestRatio ingest = new IngestComparison(client, unrefreshed, stream, options.users()).measure();
        unrefreshed.delete();
        print("sending %,d clicks a second for %d s", options.rate(), options.seconds());
        Load load = new LoadRun(client, feed, server, options, stream).run();
        return new LiveResult(
                Instant.now(), Machine.here(), options, heap, kMeans, ingest, load, server.peakResidentMegabytes());
    }

    private void print(String format, Object... values) {
        out.accept(String.format(Locale.ROOT, format, values));
    }
}
