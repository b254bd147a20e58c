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
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.common.transport.TransportAddress;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.refresh.ShardProgress;
import org.opensearch.test.OpenSearchTestCase;

public class RolloutWireTests extends OpenSearchTestCase {

    private static final Feed FEED = TestFeeds.feed("clicks", "users", "m1", 4)
            .preparing("m2", "users-m2", Instant.parse("2026-11-22T12:00:00Z"));

    private static <T extends Writeable> T copy(T sent, Writeable.Reader<T> reader) throws IOException {
        return copyWriteable(sent, new NamedWriteableRegistry(List.of()), reader);
    }

    public void testWhatIsSentIsWhatIsRead() throws IOException {
        ActivateRequest activate = copy(new ActivateRequest("news", "m2", "users-m2"), ActivateRequest::new);
        assertEquals("news m2 users-m2", activate.feed() + " " + activate.model() + " " + activate.users());
        assertEquals(
                "news", copy(new RolloutRequest("news"), RolloutRequest::new).name());
        RolloutRequest.Node asked = copy(new RolloutRequest.Node("news", FEED.rollout()), RolloutRequest.Node::new);
        assertEquals(FEED.rollout(), asked.rollout());
        DiscoveryNode node = new DiscoveryNode(
                "node-1",
                new TransportAddress(InetAddress.getLoopbackAddress(), 9300),
                Map.of(),
                Set.of(),
                Version.CURRENT);
        ShardProgress shard = new ShardProgress("clicks", 1, 20, 10, 4, 2, false);
        RolloutStatus status = copy(
                new RolloutStatus(
                        FEED,
                        List.of("a shard"),
                        new ClusterName("c"),
                        List.of(new NodeRollout(node, true, List.of(shard), "no users")),
                        List.of()),
                RolloutStatus::new);
        assertEquals(FEED, status.feed());
        assertFalse(status.isComplete());
        NodeRollout read = status.getNodes().get(0);
        assertTrue(read.isLoaded());
        assertEquals(List.of(shard), read.shards());
        assertEquals("no users", read.problem());
    }
}
