package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;

/**
 * How far the refresh of one shard of clicks is.
 *
 * @param index the index of the clicks
 * @param shard the shard's number
 * @param node the name of the node that has the primary
 * @param warm candidates with enough seeds
 * @param cold candidates with too few
 * @param pending clicked candidates without a document
 * @param waitingCandidates candidates that are to be looked at
 * @param waitingClicks writes of clicks that were not looked at
 * @param unknownUsers clicks of users without a vector
 * @param last the last cycle
 * @param bytes memory held for the shard
 * @param staleness how long clicks waited, as {@link Staleness} encodes it
 */
record ShardStatus(
        String index,
        int shard,
        String node,
        long warm,
        long cold,
        long pending,
        long waitingCandidates,
        long waitingClicks,
        long unknownUsers,
        Cycle last,
        long bytes,
        byte[] staleness)
        implements Writeable, ToXContentObject {

    /** Reads it from the wire. */
    ShardStatus(StreamInput in) throws IOException {
        this(
                in.readString(),
                in.readVInt(),
                in.readString(),
                in.readVLong(),
                in.readVLong(),
                in.readVLong(),
                in.readVLong(),
                in.readVLong(),
                in.readVLong(),
                new Cycle(in),
                in.readVLong(),
                in.readByteArray());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        out.writeString(index);
        out.writeVInt(shard);
        out.writeString(node);
        out.writeVLong(warm);
        out.writeVLong(cold);
        out.writeVLong(pending);
        out.writeVLong(waitingCandidates);
        out.writeVLong(waitingClicks);
        out.writeVLong(unknownUsers);
        last.writeTo(out);
        out.writeVLong(bytes);
        out.writeByteArray(staleness);
    }

    /** The same with another number of clicks that were not looked at. */
    ShardStatus withWaitingClicks(long clicks) {
        return new ShardStatus(
                index,
                shard,
                node,
                warm,
                cold,
                pending,
                waitingCandidates,
                clicks,
                unknownUsers,
                last,
                bytes,
                staleness);
    }

    /** Whether another cycle would find nothing but new clicks. */
    boolean isComplete() {
        return waitingCandidates == 0 && last.resolved() == 0;
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        builder.field("index", index).field("shard", shard).field("node", node);
        builder.startObject("candidates")
                .field("warm", warm)
                .field("cold", cold)
                .field("pending", pending)
                .endObject();
        builder.startObject("backlog")
                .field("candidates", waitingCandidates)
                .field("clicks", waitingClicks)
                .field("unknown_users", unknownUsers)
                .endObject();
        builder.field("memory_bytes", bytes);
        builder.field("last_cycle", last);
        return builder.endObject();
    }
}
