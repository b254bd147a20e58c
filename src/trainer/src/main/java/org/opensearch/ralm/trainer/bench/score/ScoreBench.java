package org.opensearch.ralm.trainer.bench.score;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.bench.BenchModel;
import org.opensearch.ralm.trainer.bench.Machine;
import org.opensearch.ralm.trainer.bench.SearchesUnderLoad;
import org.opensearch.ralm.trainer.bench.ServerProbe;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ModelPublisher;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;

/** Starts a cluster, fills an index for each number of candidates, times the contenders on it, stops the cluster. */
public final class ScoreBench {

    private static final double THROUGHPUT_WARM_UP_SECONDS = 3;
    private static final double THROUGHPUT_SECONDS = 15;

    private final ScoreOptions options;
    private final Consumer<String> out;
    private final ModelArtifact artifact;
    private final LookalikeModel model;

    /**
     * @param out takes lines for people
     */
    public ScoreBench(ScoreOptions options, Consumer<String> out) {
        this.options = options;
        this.out = out;
        this.artifact = new BenchModel(options.dimension(), options.clusters()).artifact();
        this.model = new LookalikeModel(artifact);
    }

    /** Does it all; the cluster is stopped whatever happens. */
    public ScoreResult run() throws IOException {
        ClusterOptions cluster = ClusterOptions.in(options.directory().resolve("cluster"));
        out.accept("starting OpenSearch, its files in " + cluster.state());
        try (LocalCluster running = LocalCluster.start(ServerLayout.find(), cluster);
                ClusterClient client = ClusterClient.connect(Optional.empty(), running.url())) {
            ServerProbe server =
                    new ServerProbe(client, running.nodes().getFirst().process().orElseThrow());
            new ModelPublisher(client).uploadModel(artifact);
            List<ScoreTable> tables = new ArrayList<>();
            for (int candidates : options.candidates()) {
                tables.add(measure(client, server, candidates));
            }
            return new ScoreResult(Instant.now(), Machine.here(), cluster.heap(), options, tables, live(client));
        }
    }

    private ScoreTable measure(ClusterClient client, ServerProbe server, int candidates) {
        print("indexing %,d candidates", candidates);
        ScoreIndex index = new ScoreIndex(client, "candidates-" + candidates);
        index.fill(candidates, new CandidateDocuments(model, options), options);
        ScoreIndex alone = index.copy(index.name() + "-segments", 1);
        ScoreIndex concurrent = index.copy(index.name() + "-concurrent", 2);
        index.merge();
        Contenders contenders = new Contenders(index.name(), candidates, model, options);
        Contender ours = contenders.float32();
        Meter meter = new Meter(client, options.dimension());
        print("searching, %,d times and some more each", options.queries());
        List<Timing> timings = meter.measure(contenders.all(), options.queries());
        print("searching %d segments by one thread and by two", alone.segments());
        Concurrency float32 = concurrency(meter, ours, alone, concurrent);
        Concurrency int8 = concurrency(meter, contenders.int8(), alone, concurrent);
        print("searching by %d clients at once", options.clients());
        Throughput.measure(meter, ours, options.clients(), THROUGHPUT_WARM_UP_SECONDS, server);
        Throughput throughput = Throughput.measure(meter, ours, options.clients(), THROUGHPUT_SECONDS, server);
        ScoreTable table = new ScoreTable(candidates, timings, float32, int8, throughput);
        List.of(concurrent, alone, index).forEach(ScoreIndex::delete);
        return table;
    }

    private Concurrency concurrency(Meter meter, Contender contender, ScoreIndex alone, ScoreIndex concurrent) {
        List<Timing> timings = meter.measure(
                List.of(contender.in(alone.name(), "one thread"), contender.in(concurrent.name(), "two threads")),
                options.queries());
        return new Concurrency(alone.segments(), timings.get(0), timings.get(1));
    }

    private Optional<SearchesUnderLoad> live(ClusterClient client) throws IOException {
        return options.liveSeconds() == 0
                ? Optional.empty()
                : Optional.of(SearchesUnderLoad.measure(
                        client,
                        new BenchModel(options.dimension(), options.clusters()),
                        options.candidates().getFirst(),
                        options.liveSeconds(),
                        options.directory().resolve("model"),
                        out));
    }

    private void print(String format, Object... values) {
        out.accept(String.format(Locale.ROOT, format, values));
    }
}
