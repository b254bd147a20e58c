package org.opensearch.ralm.plugin.stats;

import java.io.IOException;
import org.opensearch.action.support.nodes.BaseNodesRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.transport.TransportRequest;

/** Asks nodes what they have counted. */
final class StatsRequest extends BaseNodesRequest<StatsRequest> {

    StatsRequest(String... nodes) {
        super(nodes);
    }

    StatsRequest(StreamInput in) throws IOException {
        super(in);
    }

    /** The part of one node. */
    static final class Node extends TransportRequest {

        Node() {}

        Node(StreamInput in) throws IOException {
            super(in);
        }
    }
}
