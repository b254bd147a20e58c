package org.opensearch.ralm.plugin.feed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.Version;
import org.opensearch.cluster.metadata.AliasMetadata;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.common.settings.Settings;
import org.opensearch.ralm.plugin.TestFeeds;

class FeedCheckTests {

    private static final Feed FEED = TestFeeds.feed("clicks", "users", "m1", 4);

    private final List<String> checked = new ArrayList<>();
    private final FeedCheck check = new FeedCheck(mapping -> checked.add(mapping.index()), () -> 2);

    private static Metadata metadata(String index, String mapping) throws IOException {
        return Metadata.builder()
                .put(IndexMetadata.builder(index)
                        .settings(Settings.builder().put(IndexMetadata.SETTING_VERSION_CREATED, Version.CURRENT))
                        .numberOfShards(1)
                        .numberOfReplicas(0)
                        .putMapping(mapping))
                .build();
    }

    private void assertRefused(Metadata metadata, String message) {
        IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> check.check(FEED, metadata, 8));
        assertEquals(message, e.getMessage());
    }

    private static String users(String vector) {
        return "{\"properties\": {\"vector\": " + vector + "}}";
    }

    @Test
    void indicesThatAreYetToBeMadeFit() {
        check.check(FEED, Metadata.EMPTY_METADATA, 8);
        assertEquals(List.of(), checked);
    }

    @Test
    void vectorsOfUsersHaveTheModelsDimension() throws IOException {
        check.check(FEED, metadata("users", users("{\"type\": \"knn_vector\", \"dimension\": 8}")), 8);
        check.check(FEED, metadata("users", users("{\"type\": \"float\"}")), 8);
        check.check(FEED, metadata("users", "{}"), 8);
        assertRefused(
                metadata("users", users("{\"type\": \"knn_vector\", \"dimension\": 9}")),
                "field [vector] of [users] has dimension 9, but model [m1] has dimension 8");
    }

    @Test
    void candidatesHaveAFieldOfTheModelsDimension() throws IOException {
        String field = "{\"properties\": {\"ralm\": {\"properties\": {\"seeds\": %s}}}}";
        check.check(FEED, metadata("articles", field.formatted("{\"type\": \"ralm_seeds\", \"dimension\": 8}")), 8);
        assertRefused(
                metadata("articles", field.formatted("{\"type\": \"ralm_seeds\", \"dimension\": 9}")),
                "field [ralm.seeds] of [articles] has dimension 9, but model [m1] has dimension 8");
        assertRefused(
                metadata("articles", field.formatted("{\"type\": \"binary\"}")),
                "index [articles] has field [ralm.seeds] of type [binary], expected one of type [ralm_seeds]");
    }

    @Test
    void clicksAreCheckedByWhoKnowsThem() throws IOException {
        check.check(FEED, metadata("clicks", "{}"), 8);
        check.check(TestFeeds.feed("users", "m1", 4), metadata("clicks", "{}"), 8);
        assertEquals(List.of("clicks"), checked);
    }

    @Test
    void allClicksOfACandidateLieOnOneShard() {
        assertRefused(
                clicks(index("clicks-1", 1), index("clicks-2", 1)),
                "[clicks] must name one index, but [clicks] stands for 2 of them");
        assertRefused(
                clicks(index("clicks-1", 2)),
                "index [clicks] has [index.routing_partition_size] 2, but all clicks of a candidate must lie on one"
                        + " shard: expected 1");
        check.check(FEED, clicks(index("clicks-1", 1)), 8);
        assertEquals(List.of("clicks-1"), checked);
    }

    @Test
    void oneFeedMoreThanThereMayBeIsRefused() {
        check.checkOthers(FEED, List.of(named("sports")), Metadata.EMPTY_METADATA);
        check.checkOthers(FEED, List.of(named("sports"), FEED), Metadata.EMPTY_METADATA);
        IllegalArgumentException e = assertThrows(
                IllegalArgumentException.class,
                () -> check.checkOthers(FEED, List.of(named("sports"), named("films")), Metadata.EMPTY_METADATA));
        assertEquals(
                "feed [" + FEED.name() + "] would be one more than the 2 that [plugins.ralm.feed.max_count] allows;"
                        + " delete one that is no longer needed, or raise it",
                e.getMessage());
    }

    private static Feed named(String name) {
        return new Feed(name, name, null, "users", "m1", "ralm.seeds", FEED.seeds(), FEED.refresh());
    }

    private static IndexMetadata index(String name, int routingPartitionSize) {
        return IndexMetadata.builder(name)
                .settings(Settings.builder()
                        .put(IndexMetadata.SETTING_VERSION_CREATED, Version.CURRENT)
                        .put(IndexMetadata.SETTING_ROUTING_PARTITION_SIZE, routingPartitionSize))
                .numberOfShards(3)
                .numberOfReplicas(0)
                .putAlias(AliasMetadata.builder("clicks"))
                .build();
    }

    private static Metadata clicks(IndexMetadata... indices) {
        Metadata.Builder metadata = Metadata.builder();
        for (IndexMetadata index : indices) {
            metadata.put(index, false);
        }
        return metadata.build();
    }
}
