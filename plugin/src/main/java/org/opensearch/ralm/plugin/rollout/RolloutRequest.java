package org.opensearch.ralm.plugin.rollout;

import java.io.IOException;
import org.opensearch.action.support.nodes.BaseNodesRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.Rollout;
import org.opensearch.ralm.plugin.system.Wire;
import org.opensearch.transport.TransportRequest;

/** Asks all nodes how far they are with a feed's change of model. */
final class RolloutRequest extends BaseNodesRequest<RolloutRequest> {

    private final String name;

    /** Known on the node that asks the others, for them all to be asked of the same. */
    private final Feed feed;

    RolloutRequest(String name) {
        this(name, null);
    }

    private RolloutRequest(String name, Feed feed) {
        super(new String[0]);
        this.name = name;
        this.feed = feed;
    }

    RolloutRequest(StreamInput in) throws IOException {
        super(in);
        this.name = Wire.open(in, "rollout").readString();
        this.feed = null;
    }

    /** The same of a feed as it is now. */
    RolloutRequest of(Feed now) {
        return new RolloutRequest(name, now);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> members.writeString(name));
    }

    String name() {
        return name;
    }

    Feed feed() {
        return feed;
    }

    /** The part of one node. */
    static final class Node extends TransportRequest {

        private final String feed;
        private final Rollout rollout;

        /**
         * @param rollout as it is; null if there is none
         */
        Node(String feed, Rollout rollout) {
            this.feed = feed;
            this.rollout = rollout;
        }

        Node(StreamInput in) throws IOException {
            super(in);
            StreamInput members = Wire.open(in, "rollout");
            this.feed = members.readString();
            this.rollout = members.readOptionalWriteable(Rollout::read);
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            Wire.write(out, members -> {
                members.writeString(feed);
                members.writeOptionalWriteable(rollout);
            });
        }

        String feed() {
            return feed;
        }

        Rollout rollout() {
            return rollout;
        }
    }
}
