package org.opensearch.ralm.trainer.server;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a local cluster is to be. Immutable: each {@code with} method returns other options.
 *
 * @param state the directory for the cluster's files; the cluster makes it, and empties it unless {@code keepData}
 * @param nodes how many nodes, 1 to 9
 * @param port the HTTP port of the first node, the others' follow it; 0 for any free ports
 * @param heap the heap of each node, as {@code 512m} or {@code 1g}
 * @param keepData start again over the data that an earlier cluster of as many nodes left in {@code state}
 * @param settings added to each node's {@code opensearch.yml}
 */
public record ClusterOptions(
        Path state, int nodes, int port, String heap, boolean keepData, Map<String, String> settings) {
    private static final int MOST_NODES = 9;
    private static final int MOST_PORTS = 65_535;
    private static final Pattern HEAP = Pattern.compile("[1-9][0-9]*[mMgG]");

    public ClusterOptions {
        require(nodes >= 1 && nodes <= MOST_NODES, "nodes", nodes, "1 to " + MOST_NODES);
        require(port >= 0 && port + nodes - 1 <= MOST_PORTS, "port", port, "0 to " + (MOST_PORTS - nodes + 1));
        require(HEAP.matcher(heap).matches(), "heap", heap, "a size such as 512m or 1g");
        settings = Map.copyOf(settings);
    }

    /** Where the user's own cluster keeps its files: in the system's state directory for root, else in the user's. */
    public static Path defaultState() {
        Path home = Path.of(System.getProperty("user.home"));
        return ServerUser.isRoot() ? Path.of("/var/lib/ralm/cluster") : home.resolve(".local/state/ralm/cluster");
    }

    /** Where the cluster that {@code ralm demo} leaves running keeps its files: never the user's own, as it is emptied. */
    public static Path demoState() {
        return defaultState().resolveSibling("demo");
    }

    /** One node on any free port, with a heap of 1 GB and no data. */
    public static ClusterOptions in(Path state) {
        return new ClusterOptions(state, 1, 0, "1g", false, Map.of());
    }

    public ClusterOptions withNodes(int count) {
        return new ClusterOptions(state, count, port, heap, keepData, settings);
    }

    public ClusterOptions withPort(int first) {
        return new ClusterOptions(state, nodes, first, heap, keepData, settings);
    }

    public ClusterOptions withHeap(String size) {
        return new ClusterOptions(state, nodes, port, size, keepData, settings);
    }

    public ClusterOptions withKeepData(boolean keep) {
        return new ClusterOptions(state, nodes, port, heap, keep, settings);
    }

    public ClusterOptions withSetting(String key, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(key, value);
        return new ClusterOptions(state, nodes, port, heap, keepData, more);
    }

    private static void require(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException(name + " is " + value + ", expected " + expected);
        }
    }
}
