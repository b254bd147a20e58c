package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.opensearch.ralm.trainer.live.Acknowledgement;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.live.Staleness;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ClusterException;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;
import org.opensearch.ralm.trainer.server.ServerNode;

/**
 * Clicks keep coming to three nodes while something breaks. After each fault refreshing resumes within two intervals,
 * every acknowledged click is in its candidate's block, and every candidate is scored as the model library does.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveLoopFaultsIT {
    private static final int CANDIDATES = 60;
    private static final int REGULARS = 800;
    private static final int LATECOMERS = 900;
    private static final int USERS = 1_000;
    private static final String FREE = "1mb";
    private static final String MORE_THAN_ANY_DISK = "100000tb";
    private static final ClusterOptions CLUSTER = Installation.cluster("faults")
            .withNodes(3)
            .withHeap("320m")
            .withSetting("cluster.info.update.interval", "10s")
            .withSetting("cluster.routing.allocation.disk.threshold_enabled", "true")
            .withSetting("cluster.routing.allocation.disk.watermark.low", FREE)
            .withSetting("cluster.routing.allocation.disk.watermark.high", FREE)
            .withSetting("cluster.routing.allocation.disk.watermark.flood_stage", FREE);

    private final SeedBooks books = new SeedBooks();
    private LocalCluster cluster;
    private ClusterClient client;
    private LiveTestFeed feed;
    private ClickWriter writer;
    private ClickTraffic traffic;
    private int probes;

    @BeforeAll
    void start() throws Exception {
        cluster = LocalCluster.start(ServerLayout.find(), CLUSTER);
        client = ClusterClient.connect(
                Optional.empty(), cluster.nodes().stream().map(ServerNode::url).toArray(URI[]::new));
        feed = new LiveTestFeed(client, CLUSTER.state().resolveSibling("faults-model"), USERS, CANDIDATES);
        feed.create();
        awaitGreen();
        writer = new ClickWriter(client, feed.live().clicks(), new BackOff(400, 50, 500, Thread::sleep));
        traffic = new ClickTraffic(writer, books, CANDIDATES);
        traffic.during(1, REGULARS, () -> awaitBulks(50));
    }

    @AfterAll
    void stop() {
        client.close();
        cluster.close();
    }

    @AfterEach
    void everythingIsAsTheBooksSay() {
        Await.until(() -> {
            int counted = feed.countedSeeds();
            return counted == books.size() ? null : counted + " of " + books.size() + " seeds are counted";
        });
        feed.live().recluster();
        feed.assertBlocksAreThoseOf(books);
        feed.assertScoresAreThoseOf(books, List.of("u1", "u77", "u850"));
    }

    @Test
    void aKilledDataNodeLosesNothing() throws Exception {
        ServerNode victim = cluster.nodes().stream()
                .filter(node -> node.name().equals(clusterManager()) == false)
                .filter(node -> node.name().equals(holderOfClicks()) == false)
                .findFirst()
                .orElseThrow();
        killDuringTraffic(victim);
    }

    @Test
    void aKilledClusterManagerLosesNothing() throws Exception {
        killDuringTraffic(node(clusterManager()));
    }

    @Test
    void aNodeKilledWhileItRefreshesLosesNothing() throws Exception {
        AtomicBoolean killed = new AtomicBoolean();
        CompletableFuture<Void> reclustering = CompletableFuture.runAsync(() -> {
            while (killed.get() == false) {
                reclusterIfPossible();
            }
        });
        killDuringTraffic(node(holderOfClicks()), () -> killed.set(true));
        reclustering.join();
    }

    @Test
    void aFullRestartLosesNothing() throws Exception {
        ServerNode[] all = cluster.nodes().toArray(ServerNode[]::new);
        traffic.during(1, REGULARS, () -> {
            for (ServerNode node : all) {
                node.stop();
            }
            cluster.restart(all);
            awaitGreen();
            awaitBulks(5);
        });
        assertRefreshResumes();
    }

    @Test
    void aFullDiskDelaysClicksAndLosesNone() throws Exception {
        long rejected = traffic.rejected();
        traffic.during(1, REGULARS, () -> {
            setFloodStage(MORE_THAN_ANY_DISK);
            Await.until(() -> isBlocked(feed.live().clicks()) ? null : "the clicks are not blocked");
            Await.until(() -> traffic.rejected() > rejected ? null : "no click was rejected");
            setFloodStage(FREE);
            Await.until(() -> isBlocked(feed.live().clicks()) ? "the clicks are blocked" : null);
            Await.until(() -> isBlocked(feed.live().candidates()) ? "the candidates are blocked" : null);
            awaitBulks(5);
        });
        assertRefreshResumes();
    }

    @Test
    void clicksAreTakenWhileTheCandidatesAreBlocked() throws Exception {
        traffic.during(1, REGULARS, () -> {
            forbidWrites(feed.live().candidates(), true);
            int counted = feed.countedSeeds();
            awaitBulks(100);
            assertEquals(counted, feed.countedSeeds());
            forbidWrites(feed.live().candidates(), false);
        });
        assertRefreshResumes();
    }

    @Test
    void clicksOfUsersNobodyKnowsYetAreCountedLater() throws Exception {
        feed.deleteUsers();
        traffic.during(REGULARS + 1, LATECOMERS, () -> {
            awaitBulks(20);
            Await.until(() -> unknownUsers() > 0 ? null : "all users are known");
            feed.createUsers();
        });
        assertRefreshResumes();
        Await.until(() -> unknownUsers() == 0 ? null : unknownUsers() + " clicks are of unknown users");
    }

    private void killDuringTraffic(ServerNode victim, Runnable... afterwards) throws Exception {
        traffic.during(1, REGULARS, () -> {
            victim.kill();
            for (Runnable next : afterwards) {
                next.run();
            }
            cluster.awaitNodes(cluster.nodes().size() - 1);
            client.request("GET", "/_cluster/health?wait_for_status=yellow&timeout=60s");
            assertRefreshResumes();
            cluster.restart(victim);
            awaitGreen();
            awaitBulks(5);
        });
    }

    /** A click on a candidate by a user who is new to it is counted within two intervals. */
    private void assertRefreshResumes() {
        String candidate = "c1";
        String user = "u" + (LATECOMERS + 1 + probes++);
        Staleness staleness = new Staleness(client, feed.live().candidates(), System::nanoTime);
        Acknowledgement acknowledgement = writer.write(List.of(new Click(candidate, user, System.currentTimeMillis())))
                .getFirst();
        books.enter(candidate, user);
        staleness.watch(candidate, acknowledgement.seqNo());
        Await.until(() -> {
            staleness.poll();
            return staleness.pending() == 0 ? null : "the click of " + user + " is not counted";
        });
        double seconds = staleness.seconds().at(1);
        assertTrue(seconds <= 2 * LiveTestFeed.REFRESH_SECONDS, "counted after " + seconds + " s");
    }

    private void awaitBulks(int more) {
        int wanted = traffic.bulks() + more;
        Await.until(() -> traffic.bulks() >= wanted ? null : "clicks are not acknowledged");
    }

    private void awaitGreen() {
        client.request("GET", "/_cluster/health?wait_for_status=green&wait_for_no_relocating_shards=true&timeout=60s");
    }

    private void reclusterIfPossible() {
        try {
            feed.live().recluster();
        } catch (ClusterException | IllegalStateException beingKilled) {
            // It is asked of the very node that is to be killed.
        }
    }

    private String clusterManager() {
        return client.request("GET", "/_cat/cluster_manager?format=json")
                .path(0)
                .path("node")
                .asText();
    }

    /** The node that holds the primary of the clicks, and so refreshes. */
    private String holderOfClicks() {
        JsonNode shards = client.request("GET", "/_cat/shards/" + feed.live().clicks() + "?format=json");
        for (JsonNode shard : shards) {
            if (shard.path("prirep").asText().equals("p")) {
                return shard.path("node").asText();
            }
        }
        throw new AssertionError("the clicks have no primary: " + shards);
    }

    private ServerNode node(String name) {
        return cluster.nodes().stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private void setFloodStage(String free) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode settings = body.putObject("persistent");
        for (String stage : List.of("low", "high", "flood_stage")) {
            settings.put("cluster.routing.allocation.disk.watermark." + stage, free);
        }
        client.request("PUT", "/_cluster/settings", body);
    }

    private void forbidWrites(String index, boolean forbidden) {
        ObjectNode settings = JsonNodeFactory.instance.objectNode().put("index.blocks.write", forbidden);
        client.request("PUT", "/" + index + "/_settings", settings);
    }

    /** Whether the cluster has blocked an index because a disk is full. */
    private boolean isBlocked(String index) {
        return client.request("GET", "/" + index + "/_settings?flat_settings=true")
                .path(index)
                .path("settings")
                .path("index.blocks.read_only_allow_delete")
                .asBoolean();
    }

    private int unknownUsers() {
        return feed.live().status().at("/backlog/unknown_users").asInt();
    }
}
