package org.opensearch.ralm.plugin.health;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.opensearch.action.support.nodes.BaseNodeResponse;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.ralm.plugin.refresh.FeedPulse;
import org.opensearch.ralm.plugin.system.Wire;

/** How one node is. */
final class NodeHealth extends BaseNodeResponse {

    private final Signs signs;

    /**
     * What can be seen of it.
     *
     * @param paused whether its refresh is
     * @param refusedMemory whether memory was refused there lately
     * @param clicks that it ingested
     * @param unknownClicks those of them whose user had no vector
     * @param missingModels feeds whose model is not in its memory
     * @param pulses of the feeds, by name
     */
    record Signs(
            boolean paused,
            boolean refusedMemory,
            long clicks,
            long unknownClicks,
            Set<String> missingModels,
            Map<String, FeedPulse> pulses) {}

    NodeHealth(DiscoveryNode node, Signs signs) {
        super(node);
        this.signs = signs;
    }

    NodeHealth(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "health of a node");
        this.signs = new Signs(
                members.readBoolean(),
                members.readBoolean(),
                members.readVLong(),
                members.readVLong(),
                members.readSet(StreamInput::readString),
                members.readMap(StreamInput::readString, FeedPulse::read));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {
            members.writeBoolean(signs.paused());
            members.writeBoolean(signs.refusedMemory());
            members.writeVLong(signs.clicks());
            members.writeVLong(signs.unknownClicks());
            members.writeStringCollection(signs.missingModels());
            members.writeMap(signs.pulses(), StreamOutput::writeString, (to, pulse) -> pulse.writeTo(to));
        });
    }

    Signs signs() {
        return signs;
    }
}
