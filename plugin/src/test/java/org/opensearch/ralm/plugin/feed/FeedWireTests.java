package org.opensearch.ralm.plugin.feed;

import java.time.Instant;
import java.util.List;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.plugin.system.FrozenWire;
import org.opensearch.test.OpenSearchTestCase;

public class FeedWireTests extends OpenSearchTestCase {

    private static final Feed FEED = new Feed(
            "news",
            "articles",
            "clicks",
            "users-m1",
            "m1",
            "ralm.seeds",
            new SeedRules(20, Encoding.INT8, 1_000_000, 10_000, 50, List.of("title", "tags")),
            new RefreshRules(TimeValue.timeValueSeconds(30), TimeValue.timeValueMinutes(10), 0.25, 500));

    private final FrozenWire wire = new FrozenWire(new NamedWriteableRegistry(List.of()));

    public void testWhatIsSentIsThatOfTheFirstWireVersion() throws Exception {
        PutFeedRequest put = new PutFeedRequest(FEED);
        assertEquals(put, wire.check("put_feed", put, PutFeedRequest::new));
        GetFeedsResponse feeds = new GetFeedsResponse(false, List.of(FEED, FEED));
        assertEquals(feeds, wire.check("feeds", feeds, GetFeedsResponse::new));
    }

    public void testChangeOfModelIsSentBehindWhatOlderBuildsRead() throws Exception {
        Instant begun = Instant.parse("2026-11-22T12:00:00Z");
        Feed changed = FEED.preparing("m2", "users-m2", begun).flipped(Rollout.State.ACTIVE, begun.plusSeconds(60));
        assertEquals("ralm_2.seeds", changed.field());
        assertEquals("m1", changed.rollout().model());
        NamedWriteableRegistry registry = new NamedWriteableRegistry(List.of());
        assertEquals(changed, copyWriteable(changed, registry, Feed::read));
        assertEquals(FEED, copyWriteable(FEED, registry, Feed::read));
        assertEquals(FEED.with(null), changed.beside().orElseThrow().with(null));
    }
}
