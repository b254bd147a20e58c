package org.opensearch.ralm.plugin.click;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.After;
import org.junit.Before;
import org.opensearch.OpenSearchSecurityException;
import org.opensearch.Version;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.ActionType;
import org.opensearch.action.NoShardAvailableActionException;
import org.opensearch.action.get.GetResponse;
import org.opensearch.action.get.MultiGetItemResponse;
import org.opensearch.action.get.MultiGetRequest;
import org.opensearch.action.get.MultiGetResponse;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.block.ClusterBlockException;
import org.opensearch.cluster.metadata.AliasMetadata;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.metadata.Metadata;
import org.opensearch.common.io.Streams;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentFactory;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.index.IndexNotFoundException;
import org.opensearch.index.VersionType;
import org.opensearch.index.get.GetResult;
import org.opensearch.ingest.IngestDocument;
import org.opensearch.ingest.IngestDocumentWrapper;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.ralm.plugin.TestMemory;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.test.OpenSearchTestCase;
import org.opensearch.test.client.NoOpClient;

public class ClickBatchTests extends OpenSearchTestCase {

    private static final int DIMENSION = 4;
    private static final long NOW = 1_564_000_000_000L;

    private final LookalikeModel model =
            new LookalikeModel(TestModels.artifact("m1", DIMENSION, LookalikeForm.DEFAULT, new Random(1)));
    private final Map<String, float[]> users = new HashMap<>();
    private final List<List<String>> requests = new ArrayList<>();
    private final RalmStats stats = new RalmStats();
    private final UserVectorCache cache =
            new UserVectorCache(Settings.EMPTY, TestMemory.plenty().memory());
    private final TestMemory memory = TestMemory.plenty();
    private boolean on = true;
    private Feed feed = TestFeeds.feed("clicks", "users", "m1", 4);
    private Exception itemFailure;
    private Exception requestFailure;
    private String caller;
    private NoOpClient client;

    @Before
    public void makeUsers() {
        client = new UsersClient();
        for (int u = 0; u < 5; u++) {
            users.put("u" + u, TestModels.unitVector(DIMENSION, new Random(u)));
        }
    }

    @After
    public void closeClient() {
        client.close();
    }

    /** A cluster that knows nothing but users. */
    private final class UsersClient extends NoOpClient {

        UsersClient() {
            super("test");
        }

        @Override
        @SuppressWarnings("unchecked")
        protected <Q extends ActionRequest, R extends ActionResponse> void doExecute(
                ActionType<R> action, Q request, ActionListener<R> listener) {
            List<MultiGetRequest.Item> items = ((MultiGetRequest) request).getItems();
            requests.add(items.stream().map(MultiGetRequest.Item::id).toList());
            if (requestFailure != null) {
                listener.onFailure(requestFailure);
                return;
            }
            listener.onResponse((R) new MultiGetResponse(
                    items.stream().map(item -> answer(item.id())).toArray(MultiGetItemResponse[]::new)));
        }
    }

    private MultiGetItemResponse answer(String user) {
        if (itemFailure != null) {
            return new MultiGetItemResponse(null, new MultiGetResponse.Failure("users", user, itemFailure));
        }
        float[] vector = users.get(user);
        GetResult result = vector == null
                ? new GetResult("users", user, -2, 0, -1, false, null, Map.of(), Map.of())
                : new GetResult("users", user, 0, 1, 1, true, source(vector), Map.of(), Map.of());
        return new MultiGetItemResponse(new GetResponse(result), null);
    }

    private static BytesReference source(float[] vector) {
        try {
            return BytesReference.bytes(XContentFactory.jsonBuilder()
                    .startObject()
                    .field("model", "m1")
                    .array("vector", vector)
                    .endObject());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Metadata metadata() throws IOException {
        String mapping = Streams.readFully(ClicksMapping.class.getResourceAsStream("mapping.json"))
                .utf8ToString();
        return Metadata.builder()
                .put(index("clicks")
                        .putMapping(mapping)
                        .putAlias(AliasMetadata.builder("all-clicks").build()))
                .put(index("bare"))
                .build();
    }

    private static IndexMetadata.Builder index(String name) {
        return IndexMetadata.builder(name)
                .settings(Settings.builder().put(IndexMetadata.SETTING_VERSION_CREATED, Version.CURRENT))
                .numberOfShards(1)
                .numberOfReplicas(0);
    }

    private static IngestDocument click(String index, Map<String, Object> source) {
        return new IngestDocument(index, null, null, null, VersionType.INTERNAL, new HashMap<>(source));
    }

    private static IngestDocument click(String id, String routing, Map<String, Object> source) {
        return new IngestDocument("clicks", id, routing, null, VersionType.INTERNAL, new HashMap<>(source));
    }

    private static IngestDocument click(String candidate, String user) {
        return click("clicks", Map.of("candidate", candidate, "user", user));
    }

    private List<IngestDocumentWrapper> run(IngestDocument... documents) throws IOException {
        Metadata metadata = metadata();
        ClickIngest ingest = new ClickIngest(
                client,
                () -> caller,
                (name, listener) -> listener.onResponse(feed),
                (id, listener) -> listener.onResponse(model),
                cache,
                memory.memory(),
                () -> on,
                () -> metadata,
                Runnable::run,
                () -> Instant.ofEpochMilli(NOW),
                stats);
        List<IngestDocumentWrapper> wrapped = new ArrayList<>();
        for (int slot = 0; slot < documents.length; slot++) {
            wrapped.add(new IngestDocumentWrapper(slot, 0, documents[slot], null));
        }
        PlainActionFuture<List<IngestDocumentWrapper>> results = new PlainActionFuture<>();
        new ClicksProcessor("tag", null, 100, ingest, "news").batchExecute(wrapped, results::onResponse);
        return results.actionGet();
    }

    private Map<String, Object> complete(IngestDocument document) throws IOException {
        IngestDocumentWrapper result = run(document).get(0);
        assertNull(result.getException());
        return result.getIngestDocument().getSourceAndMetadata();
    }

    private void assertFault(IngestDocument document, String message) throws IOException {
        Exception fault = run(document).get(0).getException();
        assertNotNull(fault);
        assertEquals(message, fault.getMessage());
    }

    public void testClickIsCompleted() throws IOException {
        Map<String, Object> click = complete(click("clicks", Map.of("candidate", "a:1", "user", "u1", "page", 3)));
        assertEquals("a%3A1:u1", click.get("_id"));
        assertEquals("a:1", click.get("_routing"));
        assertEquals(NOW, click.get("received"));
        assertEquals(NOW, click.get("time"));
        assertEquals("m1", click.get("model"));
        assertEquals(3, click.get("page"));
        assertEquals(ClickFields.encoded(users.get("u1")), click.get("vector"));
        assertFalse(click.containsKey("unknown_user"));
    }

    public void testWhatTheClientSaysOfTheVectorIsOverwritten() throws IOException {
        Map<String, Object> sent =
                Map.of("candidate", "a", "user", "ghost", "time", 5, "vector", "AAAA", "model", "m9", "received", 7);
        Map<String, Object> unknown = complete(click("clicks", sent));
        assertEquals(true, unknown.get("unknown_user"));
        assertFalse(unknown.containsKey("vector"));
        assertFalse(unknown.containsKey("model"));
        assertEquals(NOW, unknown.get("received"));
        assertEquals(5, unknown.get("time"));
        Map<String, Object> known =
                complete(click("clicks", Map.of("candidate", "a", "user", "u1", "unknown_user", true)));
        assertFalse(known.containsKey("unknown_user"));
    }

    public void testOneRequestForAllUsersAndNoneWhenTheyAreKnown() throws IOException {
        run(click("a", "u1"), click("b", "u1"), click("a", "u2"), click("c", "u1"));
        assertEquals(List.of(List.of("u1", "u2")), requests);
        List<IngestDocumentWrapper> warm = run(click("d", "u2"), click("d", "u1"));
        assertEquals(1, requests.size());
        assertEquals(
                ClickFields.encoded(users.get("u1")),
                warm.get(1).getIngestDocument().getFieldValue("vector", String.class));
        run(click("d", "u2"), click("d", "u3"));
        assertEquals(List.of("u3"), requests.get(1));
        assertEquals(8, stats.get(Stat.CLICKS));
    }

    public void testUsersWithoutAVectorAreAskedForAgain() throws IOException {
        assertEquals(true, complete(click("a", "late")).get("unknown_user"));
        assertEquals(1, stats.get(Stat.CLICKS_OF_UNKNOWN_USERS));
        users.put("late", users.get("u1"));
        assertFalse(complete(click("a", "late")).containsKey("unknown_user"));
        users.put("short", new float[3]);
        assertEquals(true, complete(click("a", "short")).get("unknown_user"));
    }

    public void testUsersThatCannotBeReadNowDoNotHoldClicksUp() throws IOException {
        Exception blocked = new ClusterBlockException(Map.of("users", Set.of(IndexMetadata.INDEX_READ_BLOCK)));
        for (Exception e : List.of(
                new IndexNotFoundException("users"),
                new NoShardAvailableActionException(new ShardId("users", "uuid", 0)),
                blocked)) {
            itemFailure = e;
            assertEquals(true, complete(click("a", "u1")).get("unknown_user"));
            requestFailure = e;
            assertEquals(true, complete(click("a", "u1")).get("unknown_user"));
            requestFailure = null;
        }
        itemFailure = null;
        assertFalse(complete(click("a", "u1")).containsKey("unknown_user"));
    }

    public void testCallerWhoMustNotReadUsersIsRefused() throws IOException {
        run(click("a", "u1"));
        caller = "eve";
        itemFailure = new OpenSearchSecurityException("no permissions", RestStatus.FORBIDDEN);
        assertFault(click("a", "u1"), "no permissions");
        requestFailure = itemFailure;
        assertFault(click("a", "u1"), "no permissions");
        assertEquals(2, stats.get(Stat.CLICK_FAILURES));
        caller = null;
        assertNull(run(click("a", "u1")).get(0).getException());
    }

    public void testFaultOfOneClickFailsThatClickOnly() throws IOException {
        List<IngestDocumentWrapper> results = run(click("a", "u1"), click("a", ""), click("a", "u2"));
        assertNull(results.get(0).getException());
        assertEquals(
                "[user] of a click must be an id, which is a string that is not empty, but is []",
                results.get(1).getException().getMessage());
        assertNull(results.get(2).getException());
        assertEquals(List.of(List.of("u1", "u2")), requests);
        assertEquals(1, stats.get(Stat.CLICK_FAILURES));
    }

    public void testFaultsOfClicks() throws IOException {
        assertFault(click("clicks", Map.of("user", "u")), "[candidate] of a click is missing");
        assertFault(click("clicks", Map.of("candidate", "a")), "[user] of a click is missing");
        String id = "must be an id, which is a string that is not empty, but is ";
        assertFault(click("clicks", Map.of("candidate", 17, "user", "u")), "[candidate] of a click " + id + "[17]");
        assertFault(
                click("clicks", Map.of("candidate", "a", "user", List.of("u", "v"))),
                "[user] of a click " + id + "[[u, v]]");
        assertFault(
                click("a", null, Map.of("candidate", "a", "user", "u")),
                "[_id] of a click must be [a:u], or be left out, but is [a]");
        assertFault(
                click(null, "u", Map.of("candidate", "a", "user", "u")),
                "[_routing] of a click must be [a], or be left out, but is [u]");
        for (Object time : List.of("yesterday", "", "04.08.2019", 1.5, true, List.of(1), Map.of())) {
            assertFault(
                    click("clicks", Map.of("candidate", "a", "user", "u", "time", time)),
                    "[time] of a click must be a date, such as [2019-08-04T10:00:00Z], or milliseconds since 1970, "
                            + "but is [" + time + "]");
        }
        assertEquals(List.of(), requests);
    }

    public void testTimesThatAreGivenStay() throws IOException {
        for (Object time :
                List.of("2019-08-04", "2019-08-04T10:00:00.123+02:00", "1564000000000", 1_564_000_000_000L)) {
            assertEquals(
                    time,
                    complete(click("clicks", Map.of("candidate", "a", "user", "u1", "time", time)))
                            .get("time"));
        }
    }

    public void testClicksOfAFeedLieInItsIndex() throws IOException {
        assertFault(
                click("none", Map.of("candidate", "a", "user", "u")),
                "index [none] does not exist; make it with the [_setup] of feed [news]");
        assertFault(
                click("bare", Map.of("candidate", "a", "user", "u")),
                "the clicks of feed [news] belong to index [clicks], but this one is sent to [bare]");
        complete(click("all-clicks", Map.of("candidate", "a", "user", "u1")));
        feed = TestFeeds.feed("all-clicks", "users", "m1", 4);
        complete(click("clicks", Map.of("candidate", "a", "user", "u1")));
        feed = TestFeeds.feed("bare", "users", "m1", 4);
        assertFault(
                click("bare", Map.of("candidate", "a", "user", "u")),
                "index [bare] has [_routing.required] false, expected true: clicks are routed by their candidate");
        feed = TestFeeds.feed("users", "m1", 4);
        assertFault(
                click("clicks", Map.of("candidate", "a", "user", "u")),
                "feed [news] has no [clicks], so the processor [ralm_clicks] has nowhere to write them");
    }
}
