package org.opensearch.ralm.plugin.stats;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.nodes.BaseNodesResponse;
import org.opensearch.cluster.ClusterName;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;

/** What all asked nodes have counted. */
final class StatsResponse extends BaseNodesResponse<NodeStats> implements ToXContentFragment {

    /** The request's parameter that says which numbers to show, comma-separated. */
    static final String STAT = "stat";

    StatsResponse(ClusterName clusterName, List<NodeStats> nodes, List<FailedNodeException> failures) {
        super(clusterName, nodes, failures);
    }

    StatsResponse(StreamInput in) throws IOException {
        super(in);
    }

    @Override
    protected List<NodeStats> readNodesFrom(StreamInput in) throws IOException {
        return in.readList(NodeStats::new);
    }

    @Override
    protected void writeNodesTo(StreamOutput out, List<NodeStats> nodes) throws IOException {
        out.writeList(nodes);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        String asked = params.param(STAT);
        List<String> shown = asked == null ? null : List.of(asked.split(","));
        builder.startObject("nodes");
        for (NodeStats node : getNodes()) {
            builder.startObject(node.getNode().getId())
                    .field("name", node.getNode().getName());
            for (Map.Entry<String, Long> value : node.values().entrySet()) {
                if (shown == null || shown.contains(value.getKey())) {
                    builder.field(value.getKey(), value.getValue());
                }
            }
            builder.endObject();
        }
        return builder.endObject();
    }
}
