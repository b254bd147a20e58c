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
        this.cache = in.readString();
        this.key = in.readString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        out.writeString(cache);
        out.writeString(key);
    }

    Node toNode() {
        return new Node(cache, key);
    }

    /** The part of one node. */
    static final class Node extends TransportRequest {

        private final String cache;
        private final String key;

        Node(String cache, String key) {
            this.cache = cache;
            this.key = key;
        }

        Node(StreamInput in) throws IOException {
            super(in);
            this.cache = in.readString();
            this.key = in.readString();
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            out.writeString(cache);
            out.writeString(key);
        }

        String cache() {
            return cache;
        }

        String key() {
            return key;
        }
    }
}
