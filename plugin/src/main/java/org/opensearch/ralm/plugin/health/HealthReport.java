package org.opensearch.ralm.plugin.health;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.nodes.BaseNodesResponse;
import org.opensearch.cluster.ClusterName;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;

/** How well the plugin is on the whole, and everything that is not well. */
final class HealthReport extends BaseNodesResponse<NodeHealth> implements ToXContentFragment {

    private final List<Finding> findings;

    HealthReport(
            ClusterName cluster, List<NodeHealth> nodes, List<FailedNodeException> failures, List<Finding> findings) {
        super(cluster, nodes, failures);
        this.findings = List.copyOf(findings);
    }

    HealthReport(StreamInput in) throws IOException {
        super(in);
        this.findings = in.readList(Finding::read);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeList(findings);
    }

    @Override
    protected List<NodeHealth> readNodesFrom(StreamInput in) throws IOException {
        return in.readList(NodeHealth::new);
    }

    @Override
    protected void writeNodesTo(StreamOutput out, List<NodeHealth> nodes) throws IOException {
        out.writeList(nodes);
    }

    private HealthStatus status() {
        return findings.stream()
                .map(finding -> finding.reason().status())
                .max(Comparator.naturalOrder())
                .orElse(HealthStatus.GREEN);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.field("status", status().toString()).field("reasons", findings);
    }
}
