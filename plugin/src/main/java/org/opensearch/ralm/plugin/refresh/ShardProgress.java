package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * How far one shard's part of a slot is, of what its last cycle found.
 *
 * @param index the shard's index
 * @param shard the shard's number
 * @param clicks clicks there are; 0 for a shard of candidates
 * @param clicksDone those of them with a vector, or whose users are known to have none
 * @param candidates candidates to be done
 * @param candidatesDone those of them that are
 * @param complete whether the cycle ended well and left nothing to do
 */
public record ShardProgress(
        String index, int shard, long clicks, long clicksDone, long candidates, long candidatesDone, boolean complete)
        implements Writeable, ToXContentObject {

    /** Reads it from the wire. */
    public static ShardProgress read(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "progress of a shard");
        return new ShardProgress(
                members.readString(),
                members.readVInt(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readVLong(),
                members.readBoolean());
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(index);
            members.writeVInt(shard);
            members.writeVLong(clicks);
            members.writeVLong(clicksDone);
            members.writeVLong(candidates);
            members.writeVLong(candidatesDone);
            members.writeBoolean(complete);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject()
                .field("index", index)
                .field("shard", shard)
                .field("clicks", clicks)
                .field("clicks_done", clicksDone)
                .field("candidates", candidates)
                .field("candidates_done", candidatesDone)
                .field("complete", complete)
                .endObject();
    }
}
