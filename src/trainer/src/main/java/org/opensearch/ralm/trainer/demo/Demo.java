package org.opensearch.ralm.trainer.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.evaluation.Measurement;
import org.opensearch.ralm.trainer.evaluation.Protocol;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.Pace;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ModelPublisher;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.Progress;
import org.opensearch.ralm.trainer.training.Training;

/**
 * The demo: learns from the first four fifths of the clicks, publishes the models to a real cluster, sends it the clicks
 * in the order of their time while users search, and asks {@code _search} for the users of the days that follow.
 */
public final class Demo {

    private static final int TIMED_SEARCHES = 300;

    /** Each user is one search over all candidates for each system: enough of them for two sure digits. */
    private static final int MAX_USERS = 500;

    /** Often, so that dashboards show lines of what takes a minute. */
    private static final String METRICS_INTERVAL = "5s";

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final DemoOptions options;
    private final Progress progress;
    private final Consumer<String> out;

    /**
     * @param progress is told how training goes
     * @param out takes lines for people
     */
    public Demo(DemoOptions options, Progress progress, Consumer<String> out) {
        this.options = options;
        this.progress = progress;
        this.out = out;
    }

    /** Does it all, writes {@code summary.json} and returns what it says. */
    public DemoSummary run(Dataset dataset) throws IOException {
        long begin = System.nanoTime();
        LocalCluster.requireStartable(clusterOptions());
        TimeSplit split = TimeSplit.standard(dataset.events());
        SeedIndex seeds = SeedIndex.of(dataset.events(), dataset.items().size());
        TestBlock block = Protocol.standard()
                .withMinSeeds(options.training().lookalike().minSeeds())
                .requiredTestBlocks(dataset, seeds, split)
                .get(0)
                .ofFirstUsers(MAX_USERS);
        out.accept("training on " + split.test() + " clicks of " + dataset.name());
        long trainingBegin = System.nanoTime();
        List<DemoModel> models = train(dataset, split, block);
        double trainSeconds = (System.nanoTime() - trainingBegin) / 1e9;
        out.accept("starting OpenSearch");
        try (LocalCluster cluster = startCluster();
                ClusterClient client = ClusterClient.connect(Optional.empty(), cluster.url())) {
            for (DemoModel model : models) {
                publish(client, model, dataset, seeds, block);
            }
            LiveFigures live = stream(client, models, dataset, block);
            Optional<ColdFigures> cold = rankCold(client, models.getFirst(), dataset, seeds, block);
            out.accept("asking _search for the users of " + block.cases() + " held-out clicks");
            DemoSummary summary = measure(client, models, dataset, seeds, block, live, cold, trainSeconds, begin);
            Files.write(options.directory().resolve("summary.json"), JSON.writeValueAsBytes(summary.toJson()));
            if (options.keep()) {
                cluster.detach();
                suggestRequests(cluster.url(), models.get(0), dataset.users().name(block.users()[0]));
            }
            return summary;
        }
    }

    private List<DemoModel> train(Dataset dataset, TimeSplit split, TestBlock block) throws IOException {
        Training training = new Training(dataset, split, options.training(), null, progress);
        LookalikeOptions lookalike = options.training().lookalike();
        List<DemoModel> models = List.of(
                DemoModel.of("ralm", training.lookalike("ralm", lookalike), dataset, block)
                        .withContent(dataset, split),
                DemoModel.of("ralm_average", training.lookalike("ralm_average", lookalike.average()), dataset, block));
        List<DemoModel> written = new ArrayList<>();
        for (DemoModel model : models) {
            written.add(model.write(options.directory().resolve(model.name())));
        }
        return written;
    }

    private LocalCluster startCluster() throws IOException {
        return LocalCluster.start(ServerLayout.find(), clusterOptions());
    }

    private ClusterOptions clusterOptions() {
        return ClusterOptions.in(options.state())
                .withPort(options.port())
                .withSetting("plugins.ralm.metrics.interval", METRICS_INTERVAL);
    }

    private void publish(ClusterClient client, DemoModel model, Dataset dataset, SeedIndex seeds, TestBlock block)
            throws IOException {
        out.accept("publishing " + model.name() + " and indexing " + block.pool().length + " candidates without seeds");
        ModelPublisher publisher = new ModelPublisher(client);
        publisher.uploadModel(model.trained().artifact());
        publisher.loadUsers(
                model.trained().artifact().manifest(),
                options.directory().resolve(model.name()),
                model.feed().users(),
                acknowledged -> {});
        DemoFeed feed = model.feed();
        feed.create(
                client,
                dataset,
                model.trained().artifact().manifest(),
                model.trained().options());
        feed.index(client, dataset, seeds, block.pool(), block.block().start());
    }

    /** Sends every feed its clicks; while those of the first come in, their users search, and what they see is written down. */
    private LiveFigures stream(ClusterClient client, List<DemoModel> models, Dataset dataset, TestBlock block) {
        ClickReplay replay = ClickReplay.of(dataset, block);
        DemoFeed searched = models.getFirst().feed();
        out.accept("sending " + replay.clicks().size() + " clicks in the order of their time, while users search");
        Impressions impressions =
                new Impressions(client, searched.name(), searched.category(dataset), InstantSource.system());
        impressions.putTemplate();
        LiveFigures live = new LiveReplay(client, searched.live(client), replay, impressions).run();
        out.accept(live.toText());
        searched.complete(client);
        for (DemoModel model : models.subList(1, models.size())) {
            out.accept("sending " + model.name() + " the same clicks");
            ClickWriter writer =
                    new ClickWriter(client, model.feed().live(client).clicks(), BackOff.standard());
            replay.send(writer, Pace.of(Integer.MAX_VALUE), (click, acknowledgement) -> {});
            model.feed().complete(client);
        }
        return live;
    }

    /** Adds candidates that nobody has clicked to a feed, and asks for the users who will be the first. */
    private Optional<ColdFigures> rankCold(
            ClusterClient client, DemoModel model, Dataset dataset, SeedIndex seeds, TestBlock block) {
        ColdCandidates cold = ColdCandidates.of(dataset, seeds, block.block(), MAX_USERS);
        if (model.trained().model().content().isEmpty() || cold.isEmpty()) {
            return Optional.empty();
        }
        out.accept("indexing " + cold.items().length
                + " candidates that nobody has clicked, to be found by their content");
        DemoFeed feed = model.feed();
        feed.nameContent(
                client, model.trained().artifact().manifest(), model.trained().options());
        feed.index(client, dataset, seeds, cold.items(), block.block().start());
        client.request("POST", "/" + feed.name() + "/_refresh");
        int candidates = block.pool().length + cold.items().length;
        return Optional.of(cold.measure(lookalike(client, feed.name(), dataset, candidates)));
    }

    private static SearchScorer lookalike(ClusterClient client, String feed, Dataset dataset, int candidates) {
        return new SearchScorer(client, dataset, feed, candidates, user -> Queries.lookalike(feed, user));
    }

    private DemoSummary measure(
            ClusterClient client,
            List<DemoModel> models,
            Dataset dataset,
            SeedIndex seeds,
            TestBlock block,
            LiveFigures live,
            Optional<ColdFigures> cold,
            double trainSeconds,
            long begin) {
        Map<String, Measurement> measurements = new LinkedHashMap<>();
        int candidates = block.pool().length;
        int indexed = candidates + cold.map(ColdFigures::candidates).orElse(0);
        double difference = 0;
        for (DemoModel model : models) {
            String feed = model.feed().name();
            SearchScorer scorer = lookalike(client, feed, dataset, indexed);
            measurements.put(model.name(), Measurement.of(scorer, List.of(block), dataset.history()));
            difference = Math.max(difference, model.largestDifference(scorer, dataset, seeds, block));
        }
        String feed = models.get(0).feed().name();
        SearchScorer popularity = new SearchScorer(client, dataset, feed, indexed, user -> Queries.popularity());
        measurements.put("popularity", Measurement.of(popularity, List.of(block), dataset.history()));
        return new DemoSummary(
                dataset.name(),
                dataset.users().size(),
                candidates,
                dataset.events().size(),
                trainSeconds,
                live,
                cold,
                measurements,
                SearchLatency.measure(i -> page(client, feed, dataset, block, i), TIMED_SEARCHES),
                difference,
                (System.nanoTime() - begin) / 1e9);
    }

    private static void page(ClusterClient client, String feed, Dataset dataset, TestBlock block, int number) {
        int user = block.users()[number % block.cases()];
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("size", 10).put("_source", false);
        body.set("query", Queries.lookalike(feed, dataset.users().name(user)));
        client.request("POST", "/" + feed + "/_search", body);
    }

    private void suggestRequests(URI url, DemoModel model, String user) {
        String json = "-H 'Content-Type: application/json'";
        String feed = model.feed().name();
        out.accept("the cluster is left running, until `ralm cluster stop --demo`; try");
        out.accept("  curl " + json + " " + url + "/" + feed + "/_search?pretty -d '{\"size\":5,\"_source\":false,"
                + "\"query\":" + Queries.lookalike(feed, user) + "}'");
        out.accept("  curl " + json + " " + url + "/" + feed + "/_search?pretty -d '{\"size\":1,\"explain\":true,"
                + "\"_source\":false,\"query\":" + Queries.lookalike(feed, user) + "}'");
        out.accept("  curl " + url + "/_plugins/_ralm/stats?pretty");
    }
}
