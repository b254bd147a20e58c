package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.server.ClusterOptions;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerException;
import org.opensearch.ralm.trainer.server.ServerLayout;
import org.opensearch.ralm.trainer.server.ServerNode;

/** What every other test, the demo and the benches rely on. */
class LocalClusterIT {
    private static final ServerLayout SERVER = ServerLayout.find();

    @Test
    void aKilledNodeIsMissedAndTakenInAgain() throws IOException {
        ClusterOptions options =
                Installation.cluster("three-nodes").withNodes(3).withHeap("256m");
        List<ServerNode> nodes;
        try (LocalCluster cluster = LocalCluster.start(SERVER, options)) {
            nodes = cluster.nodes();
            new Rest(cluster.url())
                    .put("/articles/_doc/1?wait_for_active_shards=all", "{\"title\": \"kept\"}")
                    .ok();
            assertThrows(ServerException.class, () -> LocalCluster.start(SERVER, options));

            ServerNode victim = nodes.getFirst();
            victim.kill();
            assertFalse(victim.isAlive());
            cluster.awaitNodes(2);
            Rest survivor = new Rest(cluster.url());
            survivor.get("/_cluster/health/articles?wait_for_status=yellow&timeout=60s")
                    .ok();
            assertTrue(survivor.get("/articles/_doc/1").ok().text().contains("kept"));

            cluster.restart(victim);
            assertEquals(3, victim.health().orElseThrow().nodes());
        }
        assertTrue(nodes.stream().noneMatch(ServerNode::isAlive));
    }

    @Test
    void aNodeThatCannotStartIsReportedWithItsLog() {
        ClusterOptions options = Installation.cluster("bad-setting").withSetting("node.rolls", "data");
        ServerException failure = assertThrows(ServerException.class, () -> LocalCluster.start(SERVER, options));
        assertTrue(failure.getMessage().startsWith("node-1 ended while the cluster formed"), failure.getMessage());
        assertTrue(failure.getMessage().contains("unknown setting [node.rolls]"), failure.getMessage());
    }
}
