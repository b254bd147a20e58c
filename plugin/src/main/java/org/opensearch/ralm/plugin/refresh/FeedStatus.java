package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.nodes.BaseNodesResponse;
import org.opensearch.cluster.ClusterName;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentFragment;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/** How far all nodes are with a feed: the sums, and shard by shard. */
final class FeedStatus extends BaseNodesResponse<NodeShards> implements ToXContentFragment {

    private final String feed;

    FeedStatus(String feed, ClusterName cluster, List<NodeShards> nodes, List<FailedNodeException> failures) {
        super(cluster, nodes, failures);
        this.feed = feed;
    }

    FeedStatus(StreamInput in) throws IOException {
        super(in);
        StreamInput members = Wire.open(in, "status of a feed");
        this.feed = members.readString();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, members -> members.writeString(feed));
    }

    @Override
    protected List<NodeShards> readNodesFrom(StreamInput in) throws IOException {
        return in.readList(NodeShards::new);
    }

    @Override
    protected void writeNodesTo(StreamOutput out, List<NodeShards> nodes) throws IOException {
        out.writeList(nodes);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        List<ShardStatus> shards = new ArrayList<>();
        getNodes().forEach(node -> shards.addAll(node.shards()));
        builder.field("feed", feed).field("paused", getNodes().stream().anyMatch(NodeShards::isPaused));
        builder.startObject("candidates")
                .field("warm", sum(shards, ShardStatus::warm))
                .field("cold", sum(shards, ShardStatus::cold))
                .field("pending", sum(shards, ShardStatus::pending))
                .endObject();
        Histogram staleness =
                Staleness.decoded(shards.stream().map(ShardStatus::staleness).toList());
        builder.startObject("staleness_s")
                .field("p50", staleness.getValueAtPercentile(50) / 1e3)
                .field("p99", staleness.getValueAtPercentile(99) / 1e3)
                .field("max", staleness.getMaxValue() / 1e3)
                .field("clicks", staleness.getTotalCount())
                .endObject();
        builder.startObject("backlog")
                .field("candidates", sum(shards, ShardStatus::waitingCandidates))
                .field("clicks", sum(shards, ShardStatus::waitingClicks))
                .field("unknown_users", sum(shards, ShardStatus::unknownUsers))
                .endObject();
        exposure(builder);
        return builder.field("shards", shards);
    }

    /** All nodes choose the same users, though not at the same time. */
    private void exposure(XContentBuilder builder) throws IOException {
        List<ExposureStatus> exposures =
                getNodes().stream().map(NodeShards::exposure).toList();
        builder.startObject("exposure")
                .field(
                        "users",
                        exposures.stream().mapToInt(ExposureStatus::users).max().orElse(0));
        Optional<String> problem = exposures.stream()
                .map(ExposureStatus::problem)
                .filter(Objects::nonNull)
                .findFirst();
        if (problem.isPresent()) {
            builder.field("problem", problem.get());
        }
        builder.endObject();
    }

    private static long sum(List<ShardStatus> shards, ToLongFunction<ShardStatus> number) {
        return shards.stream().mapToLong(number).sum();
    }
}
