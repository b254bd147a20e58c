package org.opensearch.ralm.plugin.rollout;

import java.io.IOException;
import java.util.List;
import java.util.function.ToLongFunction;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.nodes.BaseNodesResponse;
import org.opensearch.cluster.ClusterName;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.refresh.ShardProgress;
import org.opensearch.ralm.plugin.system.Wire;

/** How far all nodes are with a feed's change of model. */
final class RolloutStatus extends BaseNodesResponse<NodeRollout> implements ToXContentFragment {

    private final Feed feed;
    private final List<String> waitingFor;

    /**
     * @param waitingFor what keeps the slot beside from being filled, or emptied; empty if nothing does
     */
    RolloutStatus(
            Feed feed,
            List<String> waitingFor,
            ClusterName cluster,
            List<NodeRollout> nodes,
            List<FailedNodeException> failures) {
        super(cluster, nodes, failures);
        this.feed = feed;
        this.waitingFor = List.copyOf(waitingFor);
    }

    RolloutStatus(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "rollout");
        this.feed = Feed.read(members);
        this.waitingFor = members.readStringList();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> {
            feed.writeTo(members);
            members.writeStringCollection(waitingFor);
        });
    }

    @Override
    protected List<NodeRollout> readNodesFrom(StreamInput in) throws IOException {
        return in.readList(NodeRollout::new);
    }

    @Override
    protected void writeNodesTo(StreamOutput out, List<NodeRollout> nodes) throws IOException {
        out.writeList(nodes);
    }

    /** The feed when the nodes were asked. */
    Feed feed() {
        return feed;
    }

    /** Whether nothing is left to do in the slot beside. */
    boolean isComplete() {
        return waitingFor.isEmpty();
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        RolloutFields.write(feed, builder);
        if (feed.beside().isEmpty()) {
            return builder;
        }
        List<ShardProgress> shards =
                getNodes().stream().flatMap(node -> node.shards().stream()).toList();
        builder.startObject("clicks")
                .field("total", sum(shards, ShardProgress::clicks))
                .field("done", sum(shards, ShardProgress::clicksDone))
                .endObject();
        builder.startObject("candidates")
                .field("total", sum(shards, ShardProgress::candidates))
                .field("done", sum(shards, ShardProgress::candidatesDone))
                .endObject();
        return builder.field("waiting_for", waitingFor).field("shards", shards);
    }

    private static long sum(List<ShardProgress> shards, ToLongFunction<ShardProgress> number) {
        return shards.stream().mapToLong(number).sum();
    }
}
