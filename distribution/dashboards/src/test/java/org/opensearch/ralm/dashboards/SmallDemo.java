package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.opensearch.ralm.trainer.demo.Demo;
import org.opensearch.ralm.trainer.demo.DemoOptions;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerNode;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeedOptions;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.Progress;
import org.opensearch.ralm.trainer.training.RepresentationOptions;
import org.opensearch.ralm.trainer.training.TrainingOptions;

/** What {@code ralm demo --keep} leaves, of a feed and a model that are as small as can be. */
record SmallDemo(ServerNode node) implements AutoCloseable {

    private static final int DIMENSION = 16;
    private static final int EPOCHS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final long PAUSE_NANOS = Duration.ofMillis(200).toNanos();

    static SmallDemo run(Path directory) throws IOException {
        SyntheticFeedOptions feed =
                SyntheticFeedOptions.parse("users=1500,items=300,events=40000,days=10,interests=30");
        Path state = Files.createDirectories(directory).resolve("cluster");
        DemoOptions options = new DemoOptions(directory, training(), state, 0, true);
        new Demo(options, Progress.SILENT, line -> {})
                .run(SyntheticFeed.generate(feed).dataset());
        SmallDemo demo = new SmallDemo(LocalCluster.nodesIn(state).getFirst());
        try {
            demo.awaitMetricsOfTheNode();
        } catch (RuntimeException failure) {
            demo.close();
            throw failure;
        }
        return demo;
    }

    private static TrainingOptions training() {
        RepresentationOptions representation = RepresentationOptions.DEFAULT;
        RepresentationOptions.Schedule first = representation.schedule();
        LookalikeOptions lookalike = LookalikeOptions.DEFAULT;
        LookalikeOptions.Schedule second = lookalike.schedule();
        return new TrainingOptions(
                representation
                        .withDimension(DIMENSION)
                        .withFieldWidth(DIMENSION)
                        .withSchedule(new RepresentationOptions.Schedule(EPOCHS, first.batch(), first.rate())),
                lookalike
                        .withDimension(DIMENSION)
                        .withSchedule(new LookalikeOptions.Schedule(
                                second.negatives(), EPOCHS, second.batch(), second.rate())),
                TrainingOptions.DEFAULT.patience(),
                TrainingOptions.DEFAULT.validateBatches(),
                TrainingOptions.DEFAULT.seed());
    }

    URI url() {
        return node.url();
    }

    /** They are written once a minute; a small demo need not take as long. */
    private void awaitMetricsOfTheNode() {
        ObjectNode often = Json.read("{persistent: {'plugins.ralm.metrics.interval': '1s'}}");
        ObjectNode ofNodes = Json.read("{query: {term: {kind: 'node'}}}");
        try (ClusterClient client = ClusterClient.connect(Optional.empty(), url())) {
            client.request("PUT", "/_cluster/settings", often);
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (client.request("POST", "/ralm-metrics-*/_count", ofNodes)
                            .path("count")
                            .asInt()
                    < 2) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(
                            "the node has logged no metrics in " + PATIENCE.toSeconds() + " seconds");
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    @Override
    public void close() {
        node.stop();
    }
}
