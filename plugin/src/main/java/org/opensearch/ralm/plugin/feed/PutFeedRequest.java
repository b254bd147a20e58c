package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.Objects;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionRequestValidationException;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.core.common.io.stream.StreamOutput;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.core.xcontent.XContentParser.Token;
import org.opensearch.ralm.plugin.system.Wire;

/**
 * Defines or redefines a feed, for example
 * {@code {"candidates": "news", "clicks": "news-clicks", "users": "news-users-m1", "model": "m1"}}; {@link FeedBody} knows
 * all members.
 */
final class PutFeedRequest extends ActionRequest {

    private final Feed feed;

    /**
     * @param feed the feed; a k of 0 stands for that of the model
     */
    PutFeedRequest(Feed feed) {
        this.feed = feed;
    }

    PutFeedRequest(StreamInput in) throws IOException {
        super(in);
        this.feed = Feed.read(Wire.open(in, "feed"));
    }

    /** Reads the body of the REST request; faults name the member, its value and what was expected. */
    static PutFeedRequest parse(String name, XContentParser parser) throws IOException {
        Feed.requireName(name);
        FeedBody body = new FeedBody();
        if (parser.nextToken() != Token.START_OBJECT) {
            throw new IllegalArgumentException("the body must be a JSON object");
        }
        while (parser.nextToken() != Token.END_OBJECT) {
            String member = parser.currentName();
            parser.nextToken();
            body.read(member, parser);
        }
        return new PutFeedRequest(body.feed(name));
    }

    @Override
    public void writeTo(StreamOutput out) throws IOException {
        super.writeTo(out);
        Wire.write(out, feed::writeTo);
    }

    @Override
    public ActionRequestValidationException validate() {
        return null;
    }

    /** The feed; a k of 0 stands for that of the model. */
    Feed feed() {
        return feed;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PutFeedRequest request && feed.equals(request.feed);
    }

    @Override
    public int hashCode() {
        return Objects.hash(feed);
    }
}
