package org.opensearch.ralm.plugin.feed;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.opensearch.OpenSearchSecurityException;
import org.opensearch.Version;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionType;
import org.opensearch.action.IndicesRequest;
import org.opensearch.action.NoShardAvailableActionException;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.action.update.UpdateRequest;
import org.opensearch.cluster.block.ClusterBlockException;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.engine.DocumentMissingException;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.test.OpenSearchTestCase;
import org.opensearch.test.client.NoOpClient;

public class FeedRightsTests extends OpenSearchTestCase {

    private static final Feed FEED = TestFeeds.feed("clicks", "users", "m1", 4);

    private final List<String> tried = new ArrayList<>();
    private final Map<String, Exception> failures = new HashMap<>();
    private NoOpClient client;

    @Before
    public void openClient() {
        client = new NoOpClient(getTestName()) {
            @Override
            protected <Q extends ActionRequest, R extends ActionResponse> void doExecute(
                    ActionType<R> action, Q request, ActionListener<R> listener) {
                String trial = action.name() + "@" + ((IndicesRequest) request).indices()[0];
                tried.add(trial);
                Exception missing = new DocumentMissingException(new ShardId("i", "u", 0), "x");
                Exception failure = failures.getOrDefault(trial, request instanceof UpdateRequest ? missing : null);
                if (request instanceof UpdateRequest update) {
                    assertNull(update.validate());
                    assertNull(update.upsertRequest());
                    assertFalse(update.docAsUpsert());
                    assertNotNull(update.routing());
                }
                if (request instanceof IndexRequest index) {
                    assertNull(index.validate());
                    assertTrue(index.isRequireAlias());
                }
                if (failure == null) {
                    listener.onResponse(null);
                } else {
                    listener.onFailure(failure);
                }
            }
        };
    }

    @After
    public void closeClient() {
        client.close();
    }

    private static Metadata metadata(String... indices) {
        Metadata.Builder metadata = Metadata.builder();
        for (String index : indices) {
            metadata.put(IndexMetadata.builder(index)
                    .settings(Settings.builder().put(IndexMetadata.SETTING_VERSION_CREATED, Version.CURRENT))
                    .numberOfShards(1)
                    .numberOfReplicas(0));
        }
        return metadata.build();
    }

    private void check(Feed feed, Metadata metadata) {
        PlainActionFuture<Void> answer = new PlainActionFuture<>();
        new FeedRights(client).check(feed, metadata, answer);
        assertTrue(answer.isDone());
        answer.actionGet();
    }

    public void testCandidatesAndClicksAreReadAndWrittenAndUsersAreRead() {
        check(FEED, metadata("articles", "clicks", "users"));
        assertEquals(
                List.of(
                        "indices:data/read/search@articles",
                        "indices:data/write/update@articles",
                        "indices:data/read/search@clicks",
                        "indices:data/write/update@clicks",
                        "indices:data/read/search@users"),
                tried);
    }

    public void testIndicesThatAreYetToBeMadeAreTriedWithoutMakingThem() {
        check(FEED, metadata("clicks"));
        assertEquals(
                List.of(
                        "indices:data/read/search@articles",
                        "indices:data/write/index@articles",
                        "indices:data/read/search@clicks",
                        "indices:data/write/update@clicks",
                        "indices:data/read/search@users"),
                tried);
    }

    public void testWhoSeesOnlyAPartIsRefused() {
        Metadata metadata = metadata("articles", "clicks", "users");
        for (String trial : List.of("indices:data/write/update@clicks", "indices:data/read/search@users")) {
            failures.clear();
            failures.put(trial, new OpenSearchSecurityException("not supported when DLS is activated"));
            OpenSearchSecurityException e =
                    expectThrows(OpenSearchSecurityException.class, () -> check(FEED, metadata));
            assertEquals(RestStatus.FORBIDDEN, e.status());
            String index = trial.substring(trial.indexOf('@') + 1);
            assertEquals(
                    "a feed needs all documents and fields of [" + index + "], but its author may not see all",
                    e.getMessage());
        }
    }

    public void testEveryRefusalGoesBackAsItIs() {
        Metadata metadata = metadata("articles", "clicks", "users");
        check(FEED, metadata);
        for (String trial : List.copyOf(tried)) {
            failures.clear();
            failures.put(trial, new OpenSearchSecurityException("no permissions for " + trial, RestStatus.FORBIDDEN));
            OpenSearchSecurityException e =
                    expectThrows(OpenSearchSecurityException.class, () -> check(FEED, metadata));
            assertEquals("no permissions for " + trial, e.getMessage());
            assertEquals(RestStatus.FORBIDDEN, e.status());
        }
    }

    public void testShardsThatAreAwayOrBlockedAreNoMatterOfRights() {
        failures.put(
                "indices:data/read/search@users", new NoShardAvailableActionException(new ShardId("users", "u", 0)));
        failures.put(
                "indices:data/write/update@articles",
                new ClusterBlockException(
                        Map.of("articles", Set.of(IndexMetadata.INDEX_READ_ONLY_ALLOW_DELETE_BLOCK))));
        check(FEED, metadata("articles", "clicks", "users"));
        assertEquals(5, tried.size());
    }
}
