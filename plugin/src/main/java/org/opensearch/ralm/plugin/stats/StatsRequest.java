package org.opensearch.ralm.plugin.stats;

import java.io.IOException;
import org.opensearch.action.support.nodes.BaseNodesRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.ralm.plugin.system.Wire;
import org.opensearch.transport.TransportRequest;

/** Asks nodes what they have counted. */
final class StatsRequest extends BaseNodesRequest<StatsRequest> {

    StatsRequest(String... nodes) {
        super(nodes);
    }

    StatsRequest(StreamInput in) throws IOException {
        super(in);
        Wire.open(in, "stats");
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {});
    }

    /** The part of one node. */
    static final class Node extends TransportRequest {

        Node() {}

        Node(StreamInput in) throws IOException {
            super(in);
            Wire.open(in, "stats");
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            Wire.write(out, members -> {});
        }
    }
}
