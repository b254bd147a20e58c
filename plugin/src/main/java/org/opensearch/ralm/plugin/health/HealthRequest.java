package org.opensearch.ralm.plugin.health;

import java.io.IOException;
import java.util.Map;
import org.opensearch.action.support.nodes.BaseNodesRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.system.Wire;
import org.opensearch.transport.TransportRequest;

/** Asks all nodes how they are: documents go through pipelines on some that have no data. */
final class HealthRequest extends BaseNodesRequest<HealthRequest> {

    private Map<String, Feed> feeds = Map.of();
    private String fault;

    HealthRequest() {
        super(new String[0]);
    }

    HealthRequest(StreamInput in) throws IOException {
        super(in);
    }

    /** Sets the feeds that are asked about, by name. */
    void setFeeds(Map<String, Feed> byName) {
        this.feeds = Map.copyOf(byName);
    }

    Map<String, Feed> feeds() {
        return feeds;
    }

    /** Says why it is not known what feeds there are. */
    void setFault(String why) {
        this.fault = why;
    }

    /** Why it is not known what feeds there are; null if it is. */
    String fault() {
        return fault;
    }

    /** The part of one node: feeds by name, and the model of each. */
    static final class Node extends TransportRequest {

        private final Map<String, String> models;

        Node(Map<String, String> models) {
            this.models = models;
        }

        Node(StreamInput in) throws IOException {
            super(in);
            this.models = Wire.open(in, "health").readMap(StreamInput::readString, StreamInput::readString);
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            Wire.write(out, members -> members.writeMap(models, StreamOutput::writeString, StreamOutput::writeString));
        }

        Map<String, String> models() {
            return models;
        }
    }
}
