package org.opensearch.ralm.plugin.stats;

import java.util.List;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.ralm.plugin.system.FrozenWire;
import org.opensearch.test.OpenSearchTestCase;

public class StatsWireTests extends OpenSearchTestCase {

    private final FrozenWire wire = new FrozenWire(new NamedWriteableRegistry(List.of()));

    public void testRequestsAreThoseOfTheFirstWireVersion() throws Exception {
        assertArrayEquals(
                new String[] {"node-1"},
                wire.check("stats", new StatsRequest("node-1"), StatsRequest::new)
                        .nodesIds());
        wire.check("stats_node", new StatsRequest.Node(), StatsRequest.Node::new);
    }

    /** Other builds count other things, each under its name. */
    public void testAnswersOfTheFirstWireVersionAreRead() throws Exception {
        NodeStats stats = wire.checkRead("node_stats", NodeStats::new);
        assertEquals(25, stats.values().size());
        assertEquals(Long.valueOf(7), stats.values().get("queries"));
    }
}
