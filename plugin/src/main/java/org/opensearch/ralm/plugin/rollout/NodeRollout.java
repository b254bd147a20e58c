package org.opensearch.ralm.plugin.rollout;

import java.io.IOException;
import java.util.List;
import org.opensearch.action.support.nodes.BaseNodeResponse;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.ralm.plugin.refresh.ShardProgress;
import org.opensearch.ralm.plugin.system.Wire;

/** How far one node is with a feed's change of model. */
final class NodeRollout extends BaseNodeResponse {

    private final boolean loaded;
    private final List<ShardProgress> shards;
    private final String problem;

    /**
     * @param loaded whether the model is in the node's memory
     * @param shards the primaries there
     * @param problem why they cannot be brought to an end; null if nothing is in the way
     */
    NodeRollout(DiscoveryNode node, boolean loaded, List<ShardProgress> shards, String problem) {
        super(node);
        this.loaded = loaded;
        this.shards = List.copyOf(shards);
        this.problem = problem;
    }

    NodeRollout(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "rollout");
        this.loaded = members.readBoolean();
        this.shards = members.readList(ShardProgress::read);
        this.problem = members.readOptionalString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {
            members.writeBoolean(loaded);
            members.writeList(shards);
            members.writeOptionalString(problem);
        });
    }

    boolean isLoaded() {
        return loaded;
    }

    List<ShardProgress> shards() {
        return shards;
    }

    String problem() {
        return problem;
    }
}
