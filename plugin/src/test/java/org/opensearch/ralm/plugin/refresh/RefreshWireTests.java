package org.opensearch.ralm.plugin.refresh;

import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.opensearch.Version;
import org.opensearch.cluster.ClusterName;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.Strings;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.common.transport.TransportAddress;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.ralm.plugin.system.FrozenWire;
import org.opensearch.test.OpenSearchTestCase;

public class RefreshWireTests extends OpenSearchTestCase {

    private final FrozenWire wire = new FrozenWire(new NamedWriteableRegistry(List.of()));

    public void testRequestsAreThoseOfTheFirstWireVersion() throws Exception {
        FeedNodesRequest request = new FeedNodesRequest("news", true);
        assertEquals(
                "news", wire.check("feed_nodes", request, FeedNodesRequest::new).feed());
        FeedNodesRequest.Node node =
                wire.check("feed_node", new FeedNodesRequest.Node(request), FeedNodesRequest.Node::new);
        assertEquals("news", node.feed());
        assertTrue(node.recluster());
    }

    public void testAnswersAreThoseOfTheFirstWireVersion() throws Exception {
        Cycle cycle = new Cycle(Instant.parse("2026-11-22T12:00:00Z"), 1.5, 1, 2, 3, 4, 5, 6, 7, "no disk");
        ShardStatus shard =
                new ShardStatus("clicks", 3, "node-1", 10, 20, 30, 40, 50, 60, cycle, 70, new byte[] {1, 2, 3});
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
        NodeShards shards = new NodeShards(node, true, List.of(shard), new ExposureStatus(500, "no users"));
        NodeShards read = wire.check("node_shards", shards, NodeShards::new);
        assertTrue(read.isPaused());
        assertEquals(shards.exposure(), read.exposure());
        assertEquals(json(shard), json(read.shards().get(0)));
        FeedStatus status = new FeedStatus("news", new ClusterName("c"), List.of(), List.of());
        wire.check("feed_status", status, FeedStatus::new);
    }

    private static String json(ToXContent shown) {
        return Strings.toString(MediaTypeRegistry.JSON, shown);
    }
}
