package org.opensearch.ralm.plugin.system;

import java.io.IOException;
import java.util.List;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.nodes.BaseNodeResponse;
import org.opensearch.action.support.nodes.BaseNodesResponse;
import org.opensearch.cluster.ClusterName;
import org.opensearch.cluster.node.DiscoveryNode;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;

/** Which nodes have forgotten the old document. */
final class RenewResponse extends BaseNodesResponse<RenewResponse.Node> {

    RenewResponse(ClusterName clusterName, List<Node> nodes, List<FailedNodeException> failures) {
        super(clusterName, nodes, failures);
    }

    RenewResponse(StreamInput in) throws IOException {
        super(in);
    }

    @Override
    protected List<Node> readNodesFrom(StreamInput in) throws IOException {
        return in.readList(Node::new);
    }

    @Override
    protected void writeNodesTo(StreamOutput out, List<Node> nodes) throws IOException {
        out.writeList(nodes);
    }

    /** One node has. */
    static final class Node extends BaseNodeResponse {

        Node(DiscoveryNode node) {
            super(node);
        }

        Node(StreamInput in) throws IOException {
            super(in);
            Wire.open(in, "renewal");
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            Wire.write(out, members -> {});
        }
    }
}
