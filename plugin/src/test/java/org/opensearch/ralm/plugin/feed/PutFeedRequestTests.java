package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class PutFeedRequestTests extends AbstractWireSerializingTestCase<PutFeedRequest> {

    @Override
    protected Writeable.Reader<PutFeedRequest> instanceReader() {
        return PutFeedRequest::new;
    }

    @Override
    protected PutFeedRequest createTestInstance() {
        return new PutFeedRequest(randomFeed());
    }

    static Feed randomFeed() {
        return new Feed(
                randomAlphaOfLength(5),
                randomAlphaOfLength(5),
                randomAlphaOfLength(5),
                randomAlphaOfLength(5),
                randomAlphaOfLength(5),
                randomIntBetween(1, 128),
                randomFrom(Encoding.values()));
    }

    @Override
    protected PutFeedRequest mutateInstance(PutFeedRequest request) {
        Feed feed = request.feed();
        return new PutFeedRequest(new Feed(
                feed.name(),
                feed.candidates() + "x",
                feed.users(),
                feed.model(),
                feed.field(),
                feed.k(),
                feed.encoding()));
    }

    private PutFeedRequest parse(String json) throws IOException {
        try (XContentParser parser = createParser(JsonXContent.jsonXContent, json)) {
            return PutFeedRequest.parse("news", parser);
        }
    }

    public void testOmittedMembersHaveDefaults() throws IOException {
        Feed feed = parse("{\"candidates\": \"a\", \"users\": \"u\", \"model\": \"m\"}")
                .feed();
        assertEquals(new Feed("news", "a", "u", "m", "ralm.seeds", 0, Encoding.FLOAT32), feed);
    }

    public void testWhatIsStoredReadsBack() throws IOException {
        Feed feed = randomFeed();
        try (XContentParser parser = createParser(toXContent(feed))) {
            assertEquals(feed, Feed.ofSource(parser.map()));
        }
    }

    private static XContentBuilder toXContent(Feed feed) throws IOException {
        return feed.toXContent(JsonXContent.contentBuilder(), ToXContent.EMPTY_PARAMS);
    }
}
