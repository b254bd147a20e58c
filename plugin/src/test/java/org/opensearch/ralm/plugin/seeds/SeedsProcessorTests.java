package org.opensearch.ralm.plugin.seeds;

import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.client.ResponseException;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.RunningMeans;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class SeedsProcessorTests extends RalmIntegTestCase {

    private LookalikeModel model;
    private BlockMaker maker;
    private Map<String, float[]> users;

    private void createFeed() throws Exception {
        model = upload(artifact("m1", 1));
        maker = new BlockMaker(TestFeeds.feed("users", "m1", 4), model);
        createCandidates("articles", 2);
        users = indexUsers("users", "m1", 20, 3);
        createFeed("news", "articles", "users", "m1");
        createPipeline("news");
        put("/articles/_settings", "{\"index\": {\"default_pipeline\": \"ralm\", \"refresh_interval\": \"1h\"}}");
    }

    private static Map<String, Object> write(String id, String body) throws Exception {
        return put("/articles/_doc/" + id, body);
    }

    private static Map<String, Object> read(String id) throws Exception {
        return get("/articles/_doc/" + id);
    }

    private SeedBlock clustered(String id, String... seeds) {
        TreeMap<String, float[]> vectors = new TreeMap<>();
        for (String seed : seeds) {
            vectors.put(seed, users.get(seed));
        }
        return maker.fromScratch(id, vectors);
    }

    public void testSeedsBecomeABlockWithFieldsBesideIt() throws Exception {
        createFeed();
        write("a", "{\"seed_users\": [\"u3\", \"u1\", \"u2\", \"u1\", \"ghost\"]}");
        Map<String, Object> candidate = read("a");
        assertEquals(clustered("a", "u1", "u2", "u3"), block(candidate));
        assertEquals(3, at(candidate, "_source.ralm.seed_count"));
        assertEquals(List.of(1, 1, 1), at(candidate, "_source.ralm.cluster_sizes"));
        assertEquals("m1", at(candidate, "_source.ralm.model"));
        assertEquals(1, at(candidate, "_source.ralm.unknown_users"));
        assertNotNull(at(candidate, "_source.ralm.refreshed_at"));
        assertEquals(List.of("u3", "u1", "u2", "ghost"), at(candidate, "_source.seed_users"));
    }

    public void testWritingTheSameAgainChangesNothing() throws Exception {
        createFeed();
        write("a", "{\"seed_users\": [\"u1\", \"u2\", \"u3\"]}");
        Object before = at(read("a"), "_source");
        write("a", "{\"seed_users\": [\"u3\", \"u1\"]}");
        assertEquals(before, at(read("a"), "_source"));
    }

    public void testCandidateWrittenWithoutSeedsKeepsItsState() throws Exception {
        createFeed();
        write("a", "{\"lang\": \"en\", \"seed_users\": [\"u1\", \"u2\"]}");
        Object ralm = at(read("a"), "_source.ralm");
        write("a", "{\"lang\": \"de\"}");
        assertEquals("de", at(read("a"), "_source.lang"));
        assertEquals(ralm, at(read("a"), "_source.ralm"));
        assertEquals(List.of("u1", "u2"), at(read("a"), "_source.seed_users"));
        write("fresh", "{\"lang\": \"de\"}");
        assertEquals(Map.of("lang", "de"), at(read("fresh"), "_source"));
    }

    public void testFewNewSeedsMoveTheRunningMeans() throws Exception {
        createFeed();
        write("a", "{\"seed_users\": [\"u1\", \"u2\", \"u3\", \"u4\", \"u5\"]}");
        RunningMeans means = new RunningMeans(block(read("a")).clusters(), 4);
        means.add(users.get("u6"));
        means.add(users.get("u7"));
        write("a", "{\"seed_users\": [\"u7\", \"u6\", \"u1\"]}");
        assertEquals(model.seedBlock(means.clusters()), block(read("a")));
        assertEquals(7, at(read("a"), "_source.ralm.seed_count"));
        assertEquals(List.of("u1", "u2", "u3", "u4", "u5", "u7", "u6"), at(read("a"), "_source.seed_users"));
    }

    public void testManyNewSeedsAreClusteredAfresh() throws Exception {
        createFeed();
        write("a", "{\"seed_users\": [\"u1\"]}");
        write("a", "{\"seed_users\": [\"u2\", \"u3\", \"u4\", \"u5\", \"u6\"]}");
        assertEquals(clustered("a", "u1", "u2", "u3", "u4", "u5", "u6"), block(read("a")));
    }

    public void testUsersUnknownBeforeAreTakenInLater() throws Exception {
        createFeed();
        write("a", "{\"seed_users\": [\"u1\", \"u2\", \"late\"]}");
        users.put("late", users.get("u9"));
        put("/users/_doc/late", "{\"model\": \"m1\", \"vector\": " + json(users.get("late")) + "}");
        write("a", "{\"seed_users\": [\"u3\"]}");
        assertEquals(0, at(read("a"), "_source.ralm.unknown_users"));
        assertEquals(clustered("a", "late", "u1", "u2", "u3"), block(read("a")));
    }

    public void testCandidateWithoutKnownSeedsIsNotScored() throws Exception {
        createFeed();
        write("a", "{\"seed_users\": [\"ghost\"]}");
        assertEquals(0, at(read("a"), "_source.ralm.seed_count"));
        assertEquals(1, at(read("a"), "_source.ralm.unknown_users"));
        call("POST", "/articles/_refresh", null);
        assertEquals(
                List.of(),
                hits(search("articles", "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\"}}}")));
    }

    public void testOfSeveralDocumentsOfACandidateInABulkTheFirstIsWritten() throws Exception {
        createFeed();
        write("b", "{\"seed_users\": [\"u9\"]}");
        Map<String, Object> response = call(
                "POST",
                "/_bulk",
                """
                {"index": {"_index": "articles", "_id": "a"}}
                {"lang": "en", "seed_users": ["u1"]}
                {"index": {"_index": "articles", "_id": "b"}}
                {"seed_users": ["u4"]}
                {"index": {"_index": "articles", "_id": "a"}}
                {"lang": "de", "seed_users": ["u2"]}
                """);
        assertEquals(201, at(response, "items.0.index.status"));
        assertEquals(200, at(response, "items.1.index.status"));
        assertEquals(409, at(response, "items.2.index.status"));
        assertTrue(response.toString(), response.toString().contains("candidate [a] is in this bulk more than once"));
        assertEquals("en", at(read("a"), "_source.lang"));
        assertEquals(clustered("a", "u1"), block(read("a")));
        assertEquals(List.of("u9", "u4"), at(read("b"), "_source.seed_users"));
    }

    public void testFaultOfOneDocumentFailsThatDocumentOnly() throws Exception {
        createFeed();
        Map<String, Object> response = call(
                "POST",
                "/_bulk",
                """
                {"index": {"_index": "articles", "_id": "a"}}
                {"seed_users": ["u1"]}
                {"index": {"_index": "articles", "_id": "b"}}
                {"seed_users": [1]}
                {"index": {"_index": "articles"}}
                {"seed_users": ["u2"]}
                """);
        assertEquals(201, at(response, "items.0.index.status"));
        assertEquals(400, at(response, "items.1.index.status"));
        assertEquals(201, at(response, "items.2.index.status"));
        assertEquals(clustered(null, "u2"), block(get("/articles/_doc/" + at(response, "items.2.index._id"))));
    }

    public void testSingleUpdatesAddSeeds() throws Exception {
        createFeed();
        write("a", "{\"lang\": \"en\", \"seed_users\": [\"u1\", \"u2\"]}");
        call("POST", "/articles/_update/a", "{\"doc\": {\"seed_users\": [\"u3\"]}}");
        assertEquals(List.of("u1", "u2", "u3"), at(read("a"), "_source.seed_users"));
        assertEquals(3, at(read("a"), "_source.ralm.seed_count"));
        assertEquals("en", at(read("a"), "_source.lang"));
    }

    public void testSeedsThatBypassedTheProcessorAreCountedWhenTheCandidateIsNextWritten() throws Exception {
        createFeed();
        write("a", "{\"seed_users\": [\"u1\"]}");
        bulk(
                """
                {"update": {"_index": "articles", "_id": "a"}}
                {"doc": {"seed_users": ["u1", "u2"]}}
                """);
        assertEquals(1, at(read("a"), "_source.ralm.seed_count"));
        write("a", "{\"lang\": \"en\"}");
        assertEquals(clustered("a", "u1", "u2"), block(read("a")));
    }

    public void testRoutedCandidatesAreFound() throws Exception {
        createFeed();
        write("a?routing=x", "{\"seed_users\": [\"u1\", \"u2\"]}");
        write("a?routing=x", "{\"seed_users\": [\"u3\"]}");
        assertEquals(3, at(get("/articles/_doc/a?routing=x"), "_source.ralm.seed_count"));
    }

    public void testConcurrentWritersLoseNoSeed() throws Exception {
        createFeed();
        List<Thread> writers = new ArrayList<>();
        List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());
        for (int w = 0; w < 4; w++) {
            int writer = w;
            Thread thread = new Thread(() -> {
                for (int s = 0; s < 5; s++) {
                    writeUntilAccepted("{\"seed_users\": [\"u" + (writer * 5 + s) + "\"]}", faults);
                }
            });
            writers.add(thread);
            thread.start();
        }
        for (Thread writer : writers) {
            writer.join();
        }
        assertEquals(List.of(), faults);
        assertEquals(20, ((List<?>) at(read("a"), "_source.seed_users")).size());
        assertEquals(20, at(read("a"), "_source.ralm.seed_count"));
    }

    private static void writeUntilAccepted(String body, List<Throwable> faults) {
        try {
            boolean accepted = false;
            while (accepted == false) {
                try {
                    write("a", body);
                    accepted = true;
                } catch (ResponseException e) {
                    if (e.getResponse().getStatusLine().getStatusCode() != 409) {
                        throw e;
                    }
                }
            }
        } catch (Exception e) {
            faults.add(e);
        }
    }

    public void testBlockOfAnotherModelIsClusteredAfresh() throws Exception {
        createFeed();
        write("a", "{\"seed_users\": [\"u1\", \"u2\"]}");
        ModelArtifact next = artifact("m2", 2);
        model = upload(next);
        users = indexUsers("users-m2", "m2", 20, 9);
        createFeed("news", "articles", "users-m2", "m2");
        maker = new BlockMaker(TestFeeds.feed("users-m2", "m2", 4), model);
        write("a", "{\"lang\": \"en\"}");
        assertEquals(clustered("a", "u1", "u2"), block(read("a")));
        assertEquals("m2", at(read("a"), "_source.ralm.model"));
    }

    public void testInt8BlocksHoldTheGlobalEmbeddingOfWhatIsStored() throws Exception {
        createFeed();
        put(
                "/_plugins/_ralm/feeds/news",
                """
                {"candidates": "articles", "users": "users", "model": "m1", "k": 4, "encoding": "int8"}""");
        write("a", "{\"seed_users\": [\"u1\", \"u2\", \"u3\", \"u4\", \"u5\", \"u6\"]}");
        SeedBlock stored = block(read("a"));
        assertArrayEquals(model.seedBlock(stored.clusters()).global(), stored.global(), 1e-6f);
    }

    public void testBlockThatIsGivenIsKeptAndAddedTo() throws Exception {
        createFeed();
        SeedBlock offline = clustered("x", "u1", "u2", "u3");
        String block = Base64.getEncoder().encodeToString(maker.encode(offline));
        write("a", "{\"ralm\": {\"seeds\": \"" + block + "\"}}");
        assertEquals(offline, block(read("a")));
        write("a", "{\"seed_users\": [\"u4\"]}");
        assertEquals(maker.extended(offline, List.of(users.get("u4"))), block(read("a")));
        write("a", "{\"seed_users\": [\"u5\", \"u6\"]}");
        assertEquals(6, at(read("a"), "_source.ralm.seed_count"));
    }
}
