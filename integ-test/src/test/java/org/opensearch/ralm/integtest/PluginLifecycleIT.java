package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;

/** The plugin comes and goes by the stock plugin CLI; the cluster and its data stay. */
class PluginLifecycleIT {
    private static final String PLUGIN = "opensearch-ralm";
    private static final ClusterOptions CLUSTER = Installation.cluster("lifecycle");

    @Test
    void removingAndReinstallingThePluginLeavesTheClusterHealthy() throws Exception {
        ServerLayout server = ServerLayout.find().copyTo(CLUSTER.state().resolveSibling("lifecycle-server"));
        try (LocalCluster cluster = LocalCluster.start(server, CLUSTER)) {
            new Rest(cluster.url())
                    .put("/articles/_doc/1?refresh", "{\"title\": \"kept\"}")
                    .ok();
        }

        PluginCli cli = new PluginCli(server);
        cli.run("remove", PLUGIN);
        assertEquals(List.of("opensearch-knn"), pluginsOfTheClusterWithItsArticle(server));

        cli.run("install", "--batch", "file:" + Installation.pluginZip());
        assertEquals(List.of("opensearch-knn", PLUGIN), pluginsOfTheClusterWithItsArticle(server));
    }

    private static List<String> pluginsOfTheClusterWithItsArticle(ServerLayout server) throws IOException {
        try (LocalCluster cluster = LocalCluster.start(server, CLUSTER.withKeepData(true))) {
            Rest rest = new Rest(cluster.url());
            rest.get("/_cluster/health/articles?wait_for_status=yellow&timeout=60s")
                    .ok();
            assertTrue(rest.get("/articles/_doc/1").ok().text().contains("kept"));
            return rest.plugins();
        }
    }

    /** {@code opensearch-plugin} of a server. */
    private record PluginCli(ServerLayout server) {
        void run(String... arguments) throws IOException, InterruptedException {
            Path home = server.home();
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Dopensearch.path.home=" + home,
                    "-Dopensearch.path.conf=" + home.resolve("config"),
                    "-cp",
                    home.resolve("lib/*") + ":" + home.resolve("lib/tools/plugin-cli/*"),
                    "org.opensearch.tools.cli.plugin.PluginCli"));
            command.addAll(List.of(arguments));
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertEquals(0, process.waitFor(), output);
        }
    }
}
