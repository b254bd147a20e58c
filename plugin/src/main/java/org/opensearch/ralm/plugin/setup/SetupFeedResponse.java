package org.opensearch.ralm.plugin.setup;

import java.io.IOException;
import java.util.List;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/** What a feed lacked: the indices and pipelines that were made, and the indices that were given fields. */
final class SetupFeedResponse extends ActionResponse implements ToXContentObject {

    private final String feed;
    private final List<String> created;
    private final List<String> updated;

    SetupFeedResponse(String feed, List<String> created, List<String> updated) {
        this.feed = feed;
        this.created = List.copyOf(created);
        this.updated = List.copyOf(updated);
    }

    SetupFeedResponse(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "setup");
        this.feed = members.readString();
        this.created = members.readStringList();
        this.updated = members.readStringList();
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeString(feed);
            members.writeStringCollection(created);
            members.writeStringCollection(updated);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        return builder.startObject()
                .field("feed", feed)
                .field("created", created)
                .field("updated", updated)
                .endObject();
    }
}
