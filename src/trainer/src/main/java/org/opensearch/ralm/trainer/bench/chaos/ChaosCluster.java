package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ClusterException;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerException;
import org.opensearch.ralm.trainer.server.ServerLayout;
import org.opensearch.ralm.trainer.server.ServerNode;

/** The nodes under load, which of them take requests, and how they are brought down and up again. Thread-safe. */
final class ChaosCluster implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** A node that uses more of its heap after it was asked for a while is about to end. */
    private static final int MOST_HEAP_PERCENT = 90;

    private final LocalCluster cluster;
    private final ClusterClient client;
    private final Set<ServerNode> serving = ConcurrentHashMap.newKeySet();

    private ChaosCluster(LocalCluster cluster) {
        this.cluster = cluster;
        this.client = ClusterClient.connect(
                Optional.empty(), cluster.nodes().stream().map(ServerNode::url).toArray(URI[]::new));
        serving.addAll(cluster.nodes());
    }

    static ChaosCluster start(ClusterOptions options) throws IOException {
        return new ChaosCluster(LocalCluster.start(ServerLayout.find(), options));
    }

    /** Asks whichever nodes answer. */
    ClusterClient client() {
        return client;
    }

    List<ServerNode> nodes() {
        return cluster.nodes();
    }

    /** The nodes that have joined the cluster and are not known to have died. */
    List<ServerNode> serving() {
        return List.copyOf(serving);
    }

    /** Kills nodes, all at the same time; until then requests are sent to them. */
    void kill(List<ServerNode> victims) {
        victims.parallelStream().forEach(ServerNode::kill);
        serving.removeAll(victims);
    }

    /** Starts nodes that have ended and waits until they have joined. */
    void restart(List<ServerNode> ended) throws IOException {
        serving.removeAll(ended);
        try {
            cluster.restart(ended.toArray(ServerNode[]::new));
        } catch (ServerException slow) {
            // On a busy machine it may take longer than anybody waits for a cluster of his own.
            if (ended().isEmpty() == false) {
                throw slow;
            }
            cluster.awaitNodes(cluster.nodes().size());
        }
        serving.addAll(ended);
    }

    /** The nodes whose processes have ended by themselves. */
    List<ServerNode> ended() {
        return cluster.nodes().stream().filter(node -> node.isAlive() == false).toList();
    }

    /** What is done about nodes that have ended while one waits. */
    interface Revival {
        void of(List<ServerNode> ended) throws IOException;
    }

    /**
     * Waits until all copies of all shards are there again and every node answers and has memory to spare: else the next
     * fault would come before this one is over.
     */
    void awaitWhole(Revival revival) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        do {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the cluster has not become whole in " + PATIENCE.toMinutes()
                        + " minutes: " + client.request("GET", "/_cluster/allocation/explain"));
            }
            List<ServerNode> ended = ended();
            if (ended.isEmpty() == false) {
                revival.of(ended);
            }
        } while (isGreen() == false || isCalm() == false);
    }

    private boolean isGreen() {
        try {
            return client.request(
                            "GET",
                            "/_cluster/health?wait_for_status=green&wait_for_no_initializing_shards=true"
                                    + "&wait_for_nodes=" + cluster.nodes().size() + "&timeout=15s")
                    .path("status")
                    .asText()
                    .equals("green");
        } catch (ClusterException notYet) {
            return false;
        }
    }

    private boolean isCalm() {
        try {
            JsonNode stats = client.request("GET", "/_nodes/stats/jvm?timeout=5s");
            return stats.at("/_nodes/successful").asInt() == cluster.nodes().size()
                    && stats.path("nodes").properties().stream().allMatch(node -> hasMemory(node.getValue()));
        } catch (ClusterException notYet) {
            return false;
        }
    }

    private static boolean hasMemory(JsonNode node) {
        return node.at("/jvm/mem/heap_used_percent").asInt() <= MOST_HEAP_PERCENT;
    }

    @Override
    public void close() {
        client.close();
        cluster.close();
    }
}
