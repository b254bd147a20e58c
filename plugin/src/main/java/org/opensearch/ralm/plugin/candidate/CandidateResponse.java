package org.opensearch.ralm.plugin.candidate;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/** A candidate as it is now. */
final class CandidateResponse extends ActionResponse implements ToXContentObject {

    private final String feed;
    private final String id;
    private final Map<String, Object> state;
    private final List<Cluster> clusters;

    /**
     * @param state what its document says of its seeds, by member
     * @param clusters the largest first
     */
    CandidateResponse(String feed, String id, Map<String, Object> state, List<Cluster> clusters) {
        this.feed = feed;
        this.id = id;
        this.state = state;
        this.clusters = List.copyOf(clusters);
    }

    CandidateResponse(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "candidate");
        this.feed = members.readString();
        this.id = members.readString();
        this.state = members.readMap();
        this.clusters = members.readList(Cluster::read);
    }

    /**
     * A cluster of seeds.
     *
     * @param size how many seeds
     * @param share how many of all, 0 to 1
     * @param users those of the newest clicks who are nearest to the centroid, the nearest first
     */
    record Cluster(int size, double share, List<String> users) implements Writeable {

        static Cluster read(StreamInput in) throws IOException {
            StreamInput members = Wire.open(in, "cluster");
            return new Cluster(members.readVInt(), members.readDouble(), members.readStringList());
        }

        @Override
        public void writeTo(StreamOutput out) throws IOException {
            Wire.write(out, members -> {
                members.writeVInt(size);
                members.writeDouble(share);
                members.writeStringCollection(users);
            });
        }
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(feed);
            members.writeString(id);
            members.writeMap(state);
            members.writeList(clusters);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject().field("feed", feed).field("id", id);
        for (Map.Entry<String, Object> member : state.entrySet()) {
            builder.field(member.getKey(), member.getValue());
        }
        builder.startArray("clusters");
        for (Cluster cluster : clusters) {
            builder.startObject()
                    .field("size", cluster.size())
                    .field("share", cluster.share())
                    .field("top_users", cluster.users())
                    .endObject();
        }
        return builder.endArray().endObject();
    }
}
