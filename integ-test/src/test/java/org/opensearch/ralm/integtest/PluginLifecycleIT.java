package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;

/** The plugin comes and goes by the stock plugin CLI; the cluster and its data stay. */
@EnabledIfSystemProperty(
        named = "ralm.opensearch.version",
        matches = "3\\.6\\.0",
        disabledReason = "the only published CLI is that of 3.6.0, which removes no plugins from other servers")
class PluginLifecycleIT {
    private static final String MODEL = "/_plugins/_ralm/models/m1";
    private static final String PLUGIN = "opensearch-ralm";
    private static final ClusterOptions CLUSTER = Installation.cluster("lifecycle");

    @Test
    void removingAndReinstallingThePluginLeavesTheClusterHealthy() throws Exception {
        ServerLayout server = ServerLayout.find().copyTo(CLUSTER.state().resolveSibling("lifecycle-server"));
        try (LocalCluster cluster = LocalCluster.start(server, CLUSTER)) {
            Rest rest = new Rest(cluster.url());
            rest.put("/articles/_doc/1?refresh", "{\"title\": \"kept\"}").ok();
            rest.put(MODEL, TestModel.random("m1", 1).upload().toString()).ok();
        }

        PluginCli cli = new PluginCli(server);
        cli.run("remove", PLUGIN);
        try (LocalCluster cluster = LocalCluster.start(server, CLUSTER.withKeepData(true))) {
            Rest rest = healthy(cluster);
            assertEquals(List.of("opensearch-knn"), rest.plugins());
            assertEquals(400, rest.get(MODEL).status());
        }

        cli.run("install", "--batch", "file:" + Installation.pluginZip());
        try (LocalCluster cluster = LocalCluster.start(server, CLUSTER.withKeepData(true))) {
            Rest rest = healthy(cluster);
            assertEquals(List.of("opensearch-knn", PLUGIN), rest.plugins());
            rest.get(MODEL).ok();
        }
    }

    /** A client of a cluster, after checking that all its primaries and its article are there. */
    private static Rest healthy(LocalCluster cluster) {
        Rest rest = new Rest(cluster.url());
        rest.get("/_cluster/health?wait_for_status=yellow&timeout=60s").ok();
        assertTrue(rest.get("/articles/_doc/1").ok().text().contains("kept"));
        return rest;
    }
}
