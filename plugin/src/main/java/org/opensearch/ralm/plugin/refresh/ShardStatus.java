package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

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
    static ShardStatus read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "status of a shard");
        return new ShardStatus(
                members.readString(),
                members.readVInt(),
                members.readString(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                Cycle.read(members),
                members.readVLong(),
                members.readByteArray());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(index);
            members.writeVInt(shard);
            members.writeString(node);
            members.writeVLong(warm);
            members.writeVLong(cold);
            members.writeVLong(pending);
            members.writeVLong(waitingCandidates);
            members.writeVLong(waitingClicks);
            members.writeVLong(unknownUsers);
            last.writeTo(members);
            members.writeVLong(bytes);
            members.writeByteArray(staleness);
        });
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
