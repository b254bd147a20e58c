package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.Map;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.xcontent.ToXContent;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class PutFeedRequestTests extends AbstractWireSerializingTestCase<PutFeedRequest> {

    private static final String LEAST = "\"candidates\": \"a\", \"users\": \"u\", \"model\": \"m\"";

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
                randomBoolean() ? null : randomAlphaOfLength(5),
                randomAlphaOfLength(5),
                randomAlphaOfLength(5),
                randomAlphaOfLength(5),
                new SeedRules(
                        randomIntBetween(1, 128),
                        randomFrom(Encoding.values()),
                        randomIntBetween(1000, 3_000_000),
                        randomIntBetween(100, 1_000_000),
                        randomIntBetween(1, 1000)),
                new RefreshRules(
                        TimeValue.timeValueSeconds(randomIntBetween(1, 500)),
                        TimeValue.timeValueMinutes(randomIntBetween(10, 500)),
                        randomDoubleBetween(0.1, 10, true),
                        randomIntBetween(0, 10_000)));
    }

    @Override
    protected PutFeedRequest mutateInstance(PutFeedRequest request) {
        Feed feed = request.feed();
        Feed mutated =
                switch (between(0, 3)) {
                    case 0 ->
                        feed.withSeeds(feed.seeds().withClusters(feed.seeds().k() + 1));
                    case 1 -> with(feed, feed.clicks() + "x", feed.refresh());
                    case 2 ->
                        with(
                                feed,
                                feed.clicks(),
                                new RefreshRules(
                                        feed.refresh().interval(),
                                        feed.refresh().reclusterInterval(),
                                        feed.refresh().growth(),
                                        feed.refresh().exposureSample() + 1));
                    default ->
                        with(
                                feed,
                                feed.clicks(),
                                new RefreshRules(
                                        feed.refresh().interval(),
                                        feed.refresh().reclusterInterval(),
                                        feed.refresh().growth() + 1));
                };
        return new PutFeedRequest(mutated);
    }

    private static Feed with(Feed feed, String clicks, RefreshRules refresh) {
        return new Feed(
                feed.name(),
                feed.candidates(),
                clicks,
                feed.users(),
                feed.model(),
                feed.field(),
                feed.seeds(),
                refresh);
    }

    private Feed parse(String members) throws IOException {
        try (XContentParser parser = createParser(JsonXContent.jsonXContent, "{" + members + "}")) {
            return PutFeedRequest.parse("news", parser).feed();
        }
    }

    private void assertRefused(String members, String message) {
        IllegalArgumentException e = expectThrows(IllegalArgumentException.class, () -> parse(LEAST + ", " + members));
        assertEquals(message, e.getMessage());
    }

    public void testOmittedMembersHaveDefaults() throws IOException {
        SeedRules seeds = new SeedRules(0, Encoding.FLOAT32, 3_000_000, 20_000, 100);
        RefreshRules refresh = new RefreshRules(TimeValue.timeValueMinutes(1), TimeValue.timeValueMinutes(5), 0.5);
        assertEquals(new Feed("news", "a", null, "u", "m", "ralm.seeds", seeds, refresh), parse(LEAST));
    }

    public void testAllMembersAreRead() throws IOException {
        Feed feed = parse(
                LEAST
                        + """
                , "clicks": "c", "field": "look.seeds", "k": 7, "encoding": "int8", "max_seeds": 5000, "sample_size": 200,
                "min_seeds": 3, "refresh_interval": "5s", "recluster_interval": "90s", "growth": 0.25,
                "exposure_sample": 50""");
        SeedRules seeds = new SeedRules(7, Encoding.INT8, 5000, 200, 3);
        RefreshRules refresh =
                new RefreshRules(TimeValue.timeValueSeconds(5), TimeValue.timeValueSeconds(90), 0.25, 50);
        assertEquals(new Feed("news", "a", "c", "u", "m", "look.seeds", seeds, refresh), feed);
    }

    public void testLongRefreshIntervalAloneMovesTheTimeBetweenClusteringsAlong() throws IOException {
        RefreshRules refresh = parse(LEAST + ", \"refresh_interval\": \"1h\"").refresh();
        assertEquals(TimeValue.timeValueHours(1), refresh.reclusterInterval());
    }

    public void testFaultsNameMemberValueAndWhatWasExpected() {
        assertRefused("\"max_seeds\": 0", "[max_seeds] must be an integer from 1 to 3000000, but is [0]");
        assertRefused("\"max_seeds\": 3000001", "[max_seeds] must be an integer from 1 to 3000000, but is [3000001]");
        assertRefused("\"sample_size\": 99", "[sample_size] must be an integer from 100 to 1000000, but is [99]");
        assertRefused("\"sample_size\": \"x\"", "[sample_size] must be an integer from 100 to 1000000, but is [x]");
        assertRefused("\"min_seeds\": [1]", "[min_seeds] must be an integer from 1 to 3000000, but is [START_ARRAY]");
        assertRefused(
                "\"min_seeds\": 30, \"max_seeds\": 20",
                "[min_seeds] must be at most [max_seeds], which is [20], but is [30]");
        assertRefused("\"exposure_sample\": -1", "[exposure_sample] must be an integer from 0 to 10000, but is [-1]");
        assertRefused(
                "\"exposure_sample\": 10001", "[exposure_sample] must be an integer from 0 to 10000, but is [10001]");
        for (String bad : new String[] {"\"1\"", "\"999ms\"", "\"-1\"", "\"x\"", "60", "null", "\"1.5m\""}) {
            String shown = bad.replace("\"", "");
            assertRefusedTime("refresh_interval", bad, shown);
            assertRefusedTime("recluster_interval", bad, shown);
        }
        assertRefused(
                "\"refresh_interval\": \"10m\", \"recluster_interval\": \"5m\"",
                "[recluster_interval] must be at least [refresh_interval], which is [10m], but is [5m]");
        for (String bad : new String[] {"0", "-1", "10.5", "\"half\"", "null", "1e999"}) {
            String shown = bad.replace("\"", "");
            assertRefused(
                    "\"growth\": " + bad, "[growth] must be a number above 0, at most 10, but is [" + shown + "]");
        }
        assertRefused(
                "\"clicks\": \"a\"", "[clicks] must be an index of its own, but [a] is also that of the [candidates]");
        assertRefused("\"clicks\": \"u\"", "[clicks] must be an index of its own, but [u] is also that of the [users]");
        assertRefused("\"clicks\": \"\"", "[clicks] must be a non-empty string");
        assertRefused("\"clicks\": \"C\"", "[clicks] must be lower case, but is [C]");
    }

    private void assertRefusedTime(String member, String value, String shown) {
        assertRefused(
                "\"" + member + "\": " + value,
                "[" + member
                        + "] must be a time of at least 1s, at most 30d, with its unit, such as [30s] or [5m], but is ["
                        + shown + "]");
    }

    public void testWhatIsStoredReadsBack() throws IOException {
        Feed feed = randomFeed();
        try (XContentParser parser = createParser(toXContent(feed))) {
            assertEquals(feed, Feed.ofSource(parser.map()));
        }
    }

    public void testFeedStoredBeforeThereWereClicksHasTheDefaults() {
        Feed feed = Feed.ofSource(Map.of(
                "feed",
                "news",
                "candidates",
                "a",
                "users",
                "u",
                "model",
                "m",
                "field",
                "ralm.seeds",
                "k",
                4,
                "encoding",
                "int8"));
        SeedRules seeds = new SeedRules(4, Encoding.INT8, 3_000_000, 20_000, 100);
        assertEquals(new Feed("news", "a", null, "u", "m", "ralm.seeds", seeds, RefreshRules.DEFAULT), feed);
    }

    private static XContentBuilder toXContent(Feed feed) throws IOException {
        return feed.toXContent(JsonXContent.contentBuilder(), ToXContent.EMPTY_PARAMS);
    }
}
