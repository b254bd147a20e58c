package org.opensearch.ralm.trainer.server;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes the config directory of one node of a local cluster. */
final class NodeConfiguration {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StateDirectory state;
    private final List<NodeAddress> cluster;
    private final Map<String, String> settings;

    /** {@code settings} are added to, or replace, those that make the cluster. */
    NodeConfiguration(StateDirectory state, List<NodeAddress> cluster, Map<String, String> settings) {
        this.state = state;
        this.cluster = cluster;
        this.settings = settings;
    }

    void write(NodeAddress node) throws IOException {
        NodeDirectory directory = state.node(node);
        Directories.copy(new ServerLayout(state.server()).config(), directory.config());
        Files.writeString(directory.config().resolve("opensearch.yml"), yaml(settingsOf(node)));
    }

    private Map<String, String> settingsOf(NodeAddress node) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cluster.name", "ralm");
        all.put("node.name", node.name());
        all.put("network.host", NodeAddress.HOST);
        all.put("http.port", Integer.toString(node.httpPort()));
        all.put("transport.port", Integer.toString(node.transportPort()));
        all.put("discovery.seed_hosts", joined(cluster.stream().map(NodeAddress::transport)));
        all.put("cluster.initial_cluster_manager_nodes", joined(cluster.stream().map(NodeAddress::name)));
        all.put("path.data", state.node(node).data().toString());
        all.put("path.logs", state.node(node).logs().toString());
        all.put("path.repo", state.snapshots().toString());
        // A developer's disk is often fuller than a server's may be.
        all.put("cluster.routing.allocation.disk.threshold_enabled", "false");
        all.putAll(settings);
        return all;
    }

    private static String joined(Stream<String> values) {
        return values.collect(Collectors.joining(","));
    }

    /** A JSON object is YAML, too, and quotes whatever a path may hold. */
    private static String yaml(Map<String, String> settings) throws IOException {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(settings);
    }
}
