package org.opensearch.ralm.plugin.system;

import java.io.IOException;
import org.opensearch.action.support.nodes.BaseNodesRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.transport.TransportRequest;

/** Tells all nodes that the document of a key has changed. */
final class RenewRequest extends BaseNodesRequest<RenewRequest> {

    private final String cache;
    private final String key;

    RenewRequest(String cache, String key) {
        super(new String[0]);
        this.cache = cache;
        this.key = key;
    }

    RenewRequest(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "renewal");
        this.cache = members.readString();
        this.key = members.readString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {
            members.writeString(cache);
            members.writeString(key);
        });
    }

    /** The part of one node. */
    static final class Node extends TransportRequest {

        private final RenewRequest request;

        Node(RenewRequest request) {
            this.request = request;
        }

        Node(StreamInput in) throws IOException {
            super(in);
            this.request = new RenewRequest(in);
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            request.writeTo(out);
        }

        String cache() {
            return request.cache;
        }

        String key() {
            return request.key;
        }
    }
}
