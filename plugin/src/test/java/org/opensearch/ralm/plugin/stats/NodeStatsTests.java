package org.opensearch.ralm.plugin.stats;

import java.util.Map;
import java.util.Set;
import org.opensearch.Version;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class NodeStatsTests extends AbstractWireSerializingTestCase<NodeStats> {

    @Override
    protected Writeable.Reader<NodeStats> instanceReader() {
        return NodeStats::new;
    }

    @Override
    protected NodeStats createTestInstance() {
        RalmStats stats = new RalmStats();
        for (Stat stat : Stat.values()) {
            stats.add(stat, randomIntBetween(0, 1000));
        }
        return new NodeStats(
                new DiscoveryNode(
                        randomAlphaOfLength(5), buildNewFakeTransportAddress(), Map.of(), Set.of(), Version.CURRENT),
                stats);
    }

    public void testEveryStatisticIsShownByItsName() {
        RalmStats stats = new RalmStats();
        stats.measure(Stat.MODEL_CACHE_BYTES, () -> 7);
        stats.count(Stat.QUERIES);
        NodeStats shown = new NodeStats(createTestInstance().getNode(), stats);
        assertEquals(Stat.values().length, shown.values().size());
        assertEquals(Long.valueOf(7), shown.values().get("model_cache_bytes"));
        assertEquals(Long.valueOf(1), shown.values().get("queries"));
    }
}
