package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.List;
import org.opensearch.action.support.nodes.BaseNodeResponse;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.ralm.plugin.system.Wire;

/** The shards of a feed's clicks that one node refreshes. */
final class NodeShards extends BaseNodeResponse {

    private final boolean paused;
    private final List<ShardStatus> shards;
    private final ExposureStatus exposure;

    NodeShards(DiscoveryNode node, boolean paused, List<ShardStatus> shards, ExposureStatus exposure) {
        super(node);
        this.paused = paused;
        this.shards = List.copyOf(shards);
        this.exposure = exposure;
    }

    NodeShards(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "status of a node");
        this.paused = members.readBoolean();
        this.shards = members.readList(ShardStatus::read);
        this.exposure = ExposureStatus.read(members);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {
            members.writeBoolean(paused);
            members.writeList(shards);
            exposure.writeTo(members);
        });
    }

    /** Whether the task is paused there. */
    boolean isPaused() {
        return paused;
    }

    List<ShardStatus> shards() {
        return shards;
    }

    ExposureStatus exposure() {
        return exposure;
    }
}
