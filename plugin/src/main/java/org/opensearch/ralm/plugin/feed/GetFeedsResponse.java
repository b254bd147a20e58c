package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.system.Wire;

/** One feed, shown by itself, or a list of all. */
final class GetFeedsResponse extends ActionResponse implements ToXContentObject {

    private final boolean single;
    private final List<Feed> feeds;

    GetFeedsResponse(boolean single, List<Feed> feeds) {
        this.single = single;
        this.feeds = List.copyOf(feeds);
    }

    GetFeedsResponse(StreamInput in) throws IOException {
        StreamInput members = Wire.open(in, "feeds");
        this.single = members.readBoolean();
        this.feeds = members.readList(Feed::read);
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, members -> {
            members.writeBoolean(single);
            members.writeList(feeds);
        });
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        if (single) {
            return feeds.get(0).toXContent(builder, params);
        }
        builder.startObject().startArray("feeds");
        for (Feed feed : feeds) {
            feed.toXContent(builder, params);
        }
        return builder.endArray().endObject();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof GetFeedsResponse response && single == response.single && feeds.equals(response.feeds);
    }

    @Override
    public int hashCode() {
        return Objects.hash(single, feeds);
    }
}
