package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.opensearch.ralm.trainer.live.Click;
import org.opensearch.ralm.trainer.live.ClickWriter;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;
import org.opensearch.ralm.trainer.server.ServerNode;

/** The plugin comes to three running nodes, gives way to a later build, and goes, node by node, while clients work. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@EnabledIfSystemProperty(
        named = "ralm.opensearch.version",
        matches = "3\\.6\\.0",
        disabledReason = "the only published CLI is that of 3.6.0, which removes no plugins from other servers")
class RollingUpgradeIT {
    private static final String PLUGIN = "opensearch-ralm";
    private static final int CANDIDATES = 30;
    private static final int USERS = 400;
    private static final String QUERY =
            "{\"size\": 30, \"query\": {\"ralm_score\": {\"feed\": \"faults\", \"user_id\": \"u7\"}}}";
    private static final String LOGGED = QUERY.replace("{\"size\"", "{\"ext\": {\"ralm_log\": {}}, \"size\"");
    private static final ClusterOptions CLUSTER =
            Installation.cluster("rolling").withNodes(3).withHeap("320m");
    private static final String SNAPSHOTS = CLUSTER.state().resolve("snapshots").toString();
    private static final ClusterOptions OTHER_CLUSTER =
            Installation.cluster("rolling-other").withHeap("320m").withSetting("path.repo", SNAPSHOTS);

    private static final String REPOSITORY = "{\"type\": \"fs\", \"settings\": {\"location\": \"" + SNAPSHOTS + "\"}}";

    private final Map<ServerNode, ServerLayout> homes = new HashMap<>();
    private final SeedBooks books = new SeedBooks();
    private LocalCluster cluster;
    private ClusterClient client;
    private LiveTestFeed feed;
    private ClickTraffic clickTraffic;

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
    @Order(1)
    void itIsInstalledWhileClientsUseOtherIndices() throws Exception {
        rest(0).put(
                        "/plain",
                        "{\"settings\": {\"number_of_shards\": 2, \"number_of_replicas\": 1},"
                                + " \"mappings\": {\"properties\": {\"number\": {\"type\": \"long\"}}}}")
                .ok();
        awaitGreen();
        SteadyTraffic traffic = new SteadyTraffic(cluster.nodes(), RollingUpgradeIT::ordinary);
        traffic.during(() -> {
            for (ServerNode node : cluster.nodes()) {
                exchange(node, traffic, cli -> cli.run("install", "--batch", "file:" + Installation.pluginZip()));
            }
        });
        rest(0).post("/plain/_refresh", null).ok();
        long written = (traffic.answered() + 2) / 3;
        assertEquals(
                written, rest(0).get("/plain/_count").ok().json().path("count").asLong(), traffic::toString);

        feed.create();
        awaitGreen();
        clickTraffic = new ClickTraffic(new ClickWriter(client, feed.live().clicks(), backOff()), books, CANDIDATES);
        clickTraffic.during(1, USERS, () -> Await.until(() -> clickTraffic.bulks() < 50 ? "few clicks" : null));
        everythingIsAsTheBooksSay();
    }

    @Test
    @Order(2)
    void itGivesWayToALaterBuildWhileTheFeedIsInUse() throws Exception {
        Path later = LaterBuild.zip(CLUSTER.state(), homes.get(cluster.nodes().getFirst()));
        SteadyTraffic queries = new SteadyTraffic(
                cluster.nodes(), number -> new SteadyTraffic.Request("POST", "/faults/_search", QUERY));
        List<ServerNode> upgraded = new ArrayList<>();
        for (ServerNode node : cluster.nodes()) {
            queries.during(() -> clickTraffic.during(
                    1,
                    USERS,
                    () -> exchange(node, queries, cli -> {
                        cli.run("remove", PLUGIN);
                        cli.run("install", "--batch", "file:" + later);
                    })));
            upgraded.add(node);
            everythingIsAsTheBooksSay();
            assertWhatIsNewIsRefusedByNodesThatDoNotKnowIt(upgraded);
        }
    }

    /** The later build demands of readers of {@code ralm_log} that they know its wire version. */
    private void assertWhatIsNewIsRefusedByNodesThatDoNotKnowIt(List<ServerNode> upgraded) {
        Map<String, String> ids = nodeIds();
        Rest coordinator = new Rest(upgraded.getFirst().url());
        for (JsonNode shard :
                coordinator.get("/_cat/shards/faults?format=json").ok().json()) {
            String node = shard.path("node").asText();
            boolean knows = upgraded.stream().anyMatch(one -> one.name().equals(node));
            Rest.Answer answer = coordinator.post("/faults/_search?preference=_only_nodes:" + ids.get(node), LOGGED);
            if (knows) {
                answer.ok();
                assertEquals(0, answer.json().at("/_shards/failed").asInt(), answer::text);
            } else {
                assertEquals(400, answer.status(), answer::text);
                assertTrue(answer.text().contains("[ralm_log] from another node needs wire version [2]"), answer::text);
            }
        }
    }

    /** On a cluster that has never seen the feed; its pipelines are not in the snapshot. */
    @Test
    @Order(3)
    void itsIndicesAreRestoredElsewhere() throws Exception {
        rest(0).put("/_snapshot/shared", REPOSITORY).ok();
        String indices = "{\"indices\": \"faults*,.plugins-ralm-*\", \"include_global_state\": false}";
        rest(0).put("/_snapshot/shared/all?wait_for_completion=true", indices).ok();
        ServerLayout server = homes.get(cluster.nodes().getFirst()).copyTo(sibling("other-server"));
        try (LocalCluster other = LocalCluster.start(server, OTHER_CLUSTER);
                ClusterClient otherClient = ClusterClient.connect(Optional.empty(), other.url())) {
            Rest rest = new Rest(other.url());
            rest.put("/_snapshot/shared", REPOSITORY).ok();
            rest.post("/_snapshot/shared/all/_restore?wait_for_completion=true", indices)
                    .ok();
            LiveTestFeed restored = feed.on(otherClient);
            restored.assertScoresAreThoseOf(books, List.of("u1", "u7"));
            rest.post("/_plugins/_ralm/feeds/faults/_setup", null).ok();
            new ClickWriter(otherClient, "faults-clicks", backOff()).write(List.of(new Click("c1", "u399", 1)));
            books.enter("c1", "u399");
            restored.live().recluster();
            restored.assertBlocksAreThoseOf(books);
            removeInOrder(rest);
        }
        new PluginCli(server).run("remove", PLUGIN);
        try (LocalCluster without = LocalCluster.start(server, OTHER_CLUSTER.withKeepData(true))) {
            Rest rest = new Rest(without.url());
            rest.get("/_cluster/health?wait_for_status=yellow&timeout=90s").ok();
            assertEquals(
                    CANDIDATES,
                    rest.get("/articles/_count").ok().json().path("count").asInt());
            rest.post("/faults-clicks/_doc?routing=c1", "{\"candidate\": \"c1\", \"user\": \"u1\"}")
                    .ok();
        }
    }

    /** The order that the plugin's README tells. */
    private static void removeInOrder(Rest rest) {
        rest.put("/articles", "{\"settings\": {\"number_of_replicas\": 0}}").ok();
        rest.post(
                        "/_reindex?refresh=true",
                        "{\"source\": {\"index\": \"faults\", \"_source\": {\"excludes\": [\"ralm\"]}},"
                                + " \"dest\": {\"index\": \"articles\"}}")
                .ok();
        rest.delete("/_plugins/_ralm/feeds/faults").ok();
        rest.delete("/faults").ok();
        rest.put("/faults-clicks/_settings", "{\"index.default_pipeline\": \"_none\"}")
                .ok();
        rest.delete("/_ingest/pipeline/ralm-*").ok();
        rest.delete("/.plugins-ralm-feeds,.plugins-ralm-models,ralm-metrics-*").ok();
    }

    /** What happens to whoever does not follow that order, and how to get out. The cluster was first made without it. */
    @Test
    @Order(4)
    void withoutItOnlyIndicesWithItsFieldAreRed() throws Exception {
        ServerNode[] all = cluster.nodes().toArray(ServerNode[]::new);
        for (ServerNode node : all) {
            node.stop();
        }
        cluster.restart(all);
        assertEquals(Set.of("opensearch-knn"), Set.copyOf(rest(0).plugins()));
        Await.until(() -> notGreen().equals(List.of("faults")) ? null : notGreen() + " are not green");
        rest(0).post("/plain/_search", null).ok();
        Rest.Answer click = rest(0).post("/faults-clicks/_doc", "{\"candidate\": \"c1\", \"user\": \"u1\"}");
        assertTrue(click.status() >= 400 && click.text().contains("ralm_clicks"), click::text);

        rest(0).delete("/faults").ok();
        rest(0).put("/faults-clicks/_settings", "{\"index.default_pipeline\": \"_none\"}")
                .ok();
        rest(0).delete("/_ingest/pipeline/ralm-*").ok();
        rest(0).post("/faults-clicks/_doc?routing=c1", "{\"candidate\": \"c1\", \"user\": \"u1\"}")
                .ok();
        awaitGreen();
    }

    private List<String> notGreen() {
        List<String> names = new ArrayList<>();
        for (JsonNode index : rest(0).get("/_cat/indices?format=json&expand_wildcards=all")
                .ok()
                .json()) {
            if (index.path("health").asText().equals("green") == false) {
                names.add(index.path("index").asText());
            }
        }
        return names;
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

    /** What is done to a server's plugins while it is down. */
    private interface Exchange {
        void by(PluginCli cli) throws IOException, InterruptedException;
    }

    private void exchange(ServerNode node, SteadyTraffic traffic, Exchange exchange) throws Exception {
        traffic.down(node);
        node.stop();
        exchange.by(new PluginCli(homes.get(node)));
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

    private Map<String, String> nodeIds() {
        Map<String, String> ids = new HashMap<>();
        rest(0).get("/_nodes/_all/none")
                .ok()
                .json()
                .path("nodes")
                .properties()
                .forEach(node -> ids.put(node.getValue().path("name").asText(), node.getKey()));
        return ids;
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
