package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.Map;
import org.opensearch.action.support.nodes.BaseNodesRequest;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.tasks.TaskId;
import org.opensearch.ralm.plugin.system.Wire;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;
import org.opensearch.transport.TransportRequest;

/** Asks all data nodes for their part of a feed: to say how far they are, or to refresh it. Can be cancelled. */
final class FeedNodesRequest extends BaseNodesRequest<FeedNodesRequest> {

    private final String feed;
    private final boolean recluster;

    /**
     * @param recluster if the feed is refreshed, whether to cluster the seeds of all candidates, whatever the rules say
     */
    FeedNodesRequest(String feed, boolean recluster) {
        super("data:true");
        this.feed = feed;
        this.recluster = recluster;
    }

    FeedNodesRequest(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "feed");
        this.feed = members.readString();
        this.recluster = members.readBoolean();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {
            members.writeString(feed);
            members.writeBoolean(recluster);
        });
    }

    String feed() {
        return feed;
    }

    @Override
    public Task createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
        return new CancellableTask(id, type, action, "feed [" + feed + "]", parent, headers) {
            @Override
            public boolean shouldCancelChildrenOnCancellation() {
                return true;
            }
        };
    }

    /** The part of one node. */
    static final class Node extends TransportRequest {

        private final FeedNodesRequest request;

        Node(FeedNodesRequest request) {
            this.request = request;
        }

        Node(StreamInput in) throws IOException {
            super(in);
            this.request = new FeedNodesRequest(in);
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            super.writeTo(out);
            request.writeTo(out);
        }

        String feed() {
            return request.feed;
        }

        boolean recluster() {
            return request.recluster;
        }

        @Override
        public Task createTask(long id, String type, String action, TaskId parent, Map<String, String> headers) {
            return request.createTask(id, type, action, parent, headers);
        }
    }
}
