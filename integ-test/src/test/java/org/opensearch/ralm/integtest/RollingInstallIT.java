package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;
import org.opensearch.ralm.trainer.server.ServerNode;

/** The plugin comes to three running nodes, node by node, while clients work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(
        named = "ralm.opensearch.version",
        matches = "3\\.6\\.0",
        disabledReason = "the only published CLI is that of 3.6.0, which removes no plugins from other servers")
class RollingInstallIT {
    private static final String PLUGIN = "opensearch-ralm";
    private static final int CANDIDATES = 30;
    private static final int USERS = 400;
    private static final ClusterOptions CLUSTER =
            Installation.cluster("rolling").withNodes(3).withHeap("320m");

    private final Map<ServerNode, ServerLayout> homes = new HashMap<>();
    private final SeedBooks books = new SeedBooks();
    private LocalCluster cluster;
    private ClusterClient client;
    private LiveTestFeed feed;

    @BeforeAll
    void startWithoutThePlugin() throws Exception {
        ServerLayout without = ServerLayout.find().copyTo(sibling("server"));
        new PluginCli(without).run("remove", PLUGIN);
        cluster = LocalCluster.start(without, CLUSTER);
        for (ServerNode node : cluster.nodes()) {
            homes.put(node, without.copyTo(sibling(node.name())));
        }
        client = ClusterClient.connect(
                Optional.empty(), cluster.nodes().stream().map(ServerNode::url).toArray(URI[]::new));
        feed = new LiveTestFeed(client, sibling("model"), USERS, CANDIDATES);
    }

    @AfterAll
    void stop() {
        client.close();
        cluster.close();
    }

    @Test
    void itIsInstalledWhileClientsUseOtherIndices() throws Exception {
        rest(0).put(
                        "/plain",
                        "{\"settings\": {\"number_of_shards\": 2, \"number_of_replicas\": 1},"
                                + " \"mappings\": {\"properties\": {\"number\": {\"type\": \"long\"}}}}")
                .ok();
        awaitGreen();
        SteadyTraffic traffic = new SteadyTraffic(cluster.nodes(), RollingInstallIT::ordinary);
        traffic.during(() -> {
            for (ServerNode node : cluster.nodes()) {
                install(node, traffic);
            }
        });
        rest(0).post("/plain/_refresh", null).ok();
        long written = (traffic.answered() + 2) / 3;
        assertEquals(
                written, rest(0).get("/plain/_count").ok().json().path("count").asLong(), traffic::toString);

        feed.create();
        awaitGreen();
        ClickTraffic clickTraffic =
                new ClickTraffic(new ClickWriter(client, feed.live().clicks(), backOff()), books, CANDIDATES);
        clickTraffic.during(1, USERS, () -> Await.until(() -> clickTraffic.bulks() < 50 ? "few clicks" : null));
        everythingIsAsTheBooksSay();
    }

    private void everythingIsAsTheBooksSay() {
        feed.live().recluster();
        feed.assertBlocksAreThoseOf(books);
        feed.assertScoresAreThoseOf(books, List.of("u1", "u7"));
        for (int node = 0; node < cluster.nodes().size(); node++) {
            JsonNode stats = rest(node).get("/_plugins/_ralm/stats").ok().json();
            assertEquals(3, stats.at("/_nodes/successful").asInt(), stats::toString);
            JsonNode status =
                    rest(node).get("/_plugins/_ralm/feeds/faults/_status").ok().json();
            assertEquals(3, status.at("/_nodes/successful").asInt(), status::toString);
        }
    }

    private void install(ServerNode node, SteadyTraffic traffic) throws Exception {
        traffic.down(node);
        node.stop();
        new PluginCli(homes.get(node)).run("install", "--batch", "file:" + Installation.pluginZip());
        cluster.restart(node, homes.get(node));
        awaitGreen();
        traffic.down(null);
    }

    private static BackOff backOff() {
        return new BackOff(400, 50, 500, Thread::sleep);
    }

    /** Writes a document, reads it, searches; documents are numbered by the requests that write them. */
    private static SteadyTraffic.Request ordinary(long number) {
        String document = "/plain/_doc/" + number / 3;
        return switch ((int) (number % 3)) {
            case 0 -> new SteadyTraffic.Request("PUT", document, "{\"number\": " + number + "}");
            case 1 -> new SteadyTraffic.Request("GET", document, null);
            default -> new SteadyTraffic.Request("POST", "/plain/_search", "{\"query\": {\"match_all\": {}}}");
        };
    }

    private void awaitGreen() {
        client.request("GET", "/_cluster/health?wait_for_status=green&wait_for_no_relocating_shards=true&timeout=90s");
    }

    private Rest rest(int node) {
        return new Rest(cluster.nodes().get(node).url());
    }

    private static Path sibling(String name) {
        return CLUSTER.state().resolveSibling("rolling-" + name);
    }
}
