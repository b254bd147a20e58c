package org.opensearch.ralm.plugin.stats;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.opensearch.action.support.nodes.BaseNodeResponse;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.ralm.plugin.system.Wire;

/** What one node has counted, by the names of {@link Stat}; names, so that nodes of other versions understand. */
final class NodeStats extends BaseNodeResponse {

    private final Map<String, Long> values;

    NodeStats(DiscoveryNode node, RalmStats stats) {
        super(node);
        this.values = new LinkedHashMap<>();
        stats.values().forEach((stat, value) -> values.put(stat.toString(), value));
    }

    NodeStats(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "stats");
        this.values = members.readOrderedMap(StreamInput::readString, StreamInput::readLong);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> members.writeMap(values, StreamOutput::writeString, StreamOutput::writeLong));
    }

    Map<String, Long> values() {
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NodeStats stats && getNode().equals(stats.getNode()) && values.equals(stats.values);
    }

    @Override
    public int hashCode() {
        return Objects.hash(getNode(), values);
    }
}
