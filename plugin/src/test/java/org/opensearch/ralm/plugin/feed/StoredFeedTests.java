package org.opensearch.ralm.plugin.feed;

import java.util.List;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.plugin.Stored;
import org.opensearch.test.OpenSearchTestCase;

public class StoredFeedTests extends OpenSearchTestCase {

    public void testAFeedOfTheFirstBuildsHasDefaults() throws Exception {
        assertEquals(
                new Feed(
                        "news",
                        "articles",
                        null,
                        "users-m1",
                        "m1",
                        "ralm.seeds",
                        new SeedRules(20, Encoding.FLOAT32, 3_000_000, 20_000, 100),
                        new RefreshRules(TimeValue.timeValueMinutes(1), TimeValue.timeValueMinutes(5), 0.5, 1_000)),
                Feed.ofSource(Stored.source("feed-first")));
    }

    public void testAFeedIsReadAsItWasStored() throws Exception {
        Feed feed = new Feed(
                "news",
                "articles",
                "clicks",
                "users-m1",
                "m1",
                "ralm.seeds",
                new SeedRules(20, Encoding.INT8, 1_000_000, 10_000, 50, List.of("title")),
                new RefreshRules(TimeValue.timeValueSeconds(30), TimeValue.timeValueMinutes(10), 0.25, 500));
        assertEquals(feed, Feed.ofSource(Stored.source("feed")));
        assertEquals(feed, Feed.ofSource(Stored.source("feed-later")));
    }
}
