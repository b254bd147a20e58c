package org.opensearch.ralm.plugin.rollout;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opensearch.Version;
import org.opensearch.cluster.ClusterName;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.common.transport.TransportAddress;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.refresh.ShardProgress;
import org.opensearch.ralm.plugin.system.FrozenWire;
import org.opensearch.test.OpenSearchTestCase;

public class RolloutWireTests extends OpenSearchTestCase {

    private static final Feed FEED = TestFeeds.feed("clicks", "users", "m1", 4)
            .preparing("m2", "users-m2", Instant.parse("2026-11-22T12:00:00Z"));

    private final FrozenWire wire = new FrozenWire(new NamedWriteableRegistry(List.of()));

    public void testWhatIsSentIsThatOfTheFirstWireVersion() throws IOException {
        ActivateRequest activate =
                wire.check("activate", new ActivateRequest("news", "m2", "users-m2", true), ActivateRequest::new);
        assertTrue(activate.withFewerUsers());
        assertEquals("news m2 users-m2", activate.feed() + " " + activate.model() + " " + activate.users());
        RolloutRequest request = wire.check("rollout", new RolloutRequest("news"), RolloutRequest::new);
        assertEquals("news", request.name());
        RolloutRequest.Node asked =
                wire.check("rollout_node", new RolloutRequest.Node("news", FEED.rollout()), RolloutRequest.Node::new);
        assertEquals(FEED.rollout(), asked.rollout());
        DiscoveryNode node = new DiscoveryNode(
                "node-1",
                "id-1",
                "ephemeral-1",
                "localhost",
                "127.0.0.1",
                new TransportAddress(InetAddress.getLoopbackAddress(), 9300),
                Map.of(),
                Set.of(),
                Version.fromString("3.4.0"));
        ShardProgress shard = new ShardProgress("clicks", 1, 20, 10, 4, 2, false);
        NodeRollout read =
                wire.check("node_rollout", new NodeRollout(node, true, List.of(shard), "no users"), NodeRollout::new);
        assertTrue(read.isLoaded());
        assertEquals(List.of(shard), read.shards());
        assertEquals("no users", read.problem());
        wire.check("rollout_response", new RolloutResponse(FEED), RolloutResponse::new);
        RolloutStatus status = wire.check(
                "rollout_status",
                new RolloutStatus(FEED, List.of("a shard"), new ClusterName("c"), List.of(), List.of()),
                RolloutStatus::new);
        assertEquals(FEED, status.feed());
        assertFalse(status.isComplete());
    }
}
