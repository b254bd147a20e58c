package org.opensearch.ralm.plugin.rollout;

import java.io.IOException;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.ToXContentObject;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.system.Wire;

/** How a feed is after its change of model was begun, taken back or cancelled. */
final class RolloutResponse extends ActionResponse implements ToXContentObject {

    private final Feed feed;

    RolloutResponse(Feed feed) {
        this.feed = feed;
    }

    RolloutResponse(StreamInput in) throws IOException {
        this.feed = Feed.read(Wire.open(in, "rollout"));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        Wire.write(out, feed::writeTo);
    }

    @Override
    public XContentBuilder toXContent(XContentBuilder builder, Params params) throws IOException {
        builder.startObject();
        RolloutFields.write(feed, builder);
        return builder.endObject();
    }
}
