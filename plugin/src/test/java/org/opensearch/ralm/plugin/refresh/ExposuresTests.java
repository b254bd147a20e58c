package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.After;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.exposure.ExposureField;
import org.opensearch.ralm.plugin.exposure.ExposureThresholds;
import org.opensearch.ralm.plugin.exposure.SampleSearch;
import org.opensearch.ralm.plugin.exposure.ScoringFingerprint;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 2, supportsDedicatedMasters = false)
public class ExposuresTests extends RalmIntegTestCase {

    private static final int USERS = 1_200;
    private static final int SAMPLE = 400;

    /** Deviations of a binomial number that it exceeds less than once in ten thousand times. */
    private static final double DEVIATIONS = 4;

    private LookalikeModel model;
    private Map<String, float[]> users;

    @After
    public void deletePipelines() throws Exception {
        call("DELETE", "/_ingest/pipeline/*", null);
    }

    private void makeFeed(String clicks, int sample) throws Exception {
        makeFeed("m1", clicks, sample);
    }

    private void makeFeed(String modelOfUsers, String clicks, int sample) throws Exception {
        model = upload(artifact("m1", 1));
        users = indexUsers("users", modelOfUsers, USERS, 3);
        putFeed("users", "m1", clicks, sample);
    }

    private static void putFeed(String usersIndex, String id, String clicks, int sample) throws Exception {
        put(
                "/_plugins/_ralm/feeds/news",
                """
                {"candidates": "articles", "users": "%s", "model": "%s", "k": 4, "min_seeds": 1, %s
                 "exposure_sample": %s}"""
                        .formatted(usersIndex, id, clicks, sample));
    }

    private static Map<String, Object> refresh() throws IOException {
        return call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
    }

    /** A primary that has not written to its disk yet what it was sent is passed over for a while. */
    private static void awaitThresholds(String id) throws Exception {
        await(() -> {
            refresh();
            assertNotNull(id + " has no thresholds", ExposureField.in(object(id)));
        });
    }

    private static void candidates(int count, Random random) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int c = 0; c < count; c++) {
            List<String> seeds = new ArrayList<>();
            for (int s = 0; s < 5 + random.nextInt(20); s++) {
                seeds.add("\"u" + random.nextInt(USERS) + "\"");
            }
            lines.append("{\"index\":{\"_index\":\"articles\",\"_id\":\"a" + c + "\"}}\n");
            lines.append("{\"seed_users\":" + seeds + "}\n");
        }
        bulk(lines);
    }

    private static Map<String, Object> candidate(String id) throws IOException {
        return get("/articles/_doc/" + id);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> object(String id) throws IOException {
        return (Map<String, Object>) at(candidate(id), "_source.ralm");
    }

    private double share(String id, double lowest) throws IOException {
        Map<String, Object> candidate = candidate(id);
        long reached = users.values().stream()
                .filter(user -> model.score(user, block(candidate)).score() >= lowest)
                .count();
        return reached / (double) USERS;
    }

    /** What a sample of the users leaves uncertain of a share of all of them; it is drawn without putting back. */
    static double error(double share, int sample, int users) {
        return DEVIATIONS * Math.sqrt(share * (1 - share) / sample * (users - sample) / (users - 1));
    }

    private void assertSharesAreReached(String id) throws IOException {
        ExposureThresholds thresholds = ExposureField.in(object(id));
        assertNotNull(id + " has no thresholds", thresholds);
        assertTrue(thresholds.isOf(ScoringFingerprint.of(model)));
        assertEquals(SAMPLE, thresholds.users());
        for (double percent : new double[] {1, 5, 20, 50}) {
            double share = percent / 100;
            assertEquals(
                    id + " at " + percent,
                    share,
                    share(id, thresholds.lowest(percent)),
                    error(share, SAMPLE, USERS) + 1.0 / SAMPLE);
        }
        double top5 = ((Number) object(id).get("top_5_percent_score")).doubleValue();
        assertEquals(thresholds.lowest(5), top5, 1e-6);
    }

    public void testCandidatesThatListTheirSeedsReachTheShareOfUsersTheirThresholdsStandFor() throws Exception {
        makeFeed("", SAMPLE);
        call("POST", "/_plugins/_ralm/feeds/news/_setup", "{\"number_of_shards\": 3}");
        candidates(12, new Random(4));
        assertNull(ExposureField.in(object("a0")));
        assertEquals(SAMPLE, at(refresh(), "exposure.users"));
        for (int c = 0; c < 12; c++) {
            awaitThresholds("a" + c);
            assertSharesAreReached("a" + c);
        }
        Object version = at(candidate("a0"), "_version");
        refresh();
        assertEquals(version, at(candidate("a0"), "_version"));
    }

    public void testThresholdsAreThoseOfTheBlockThatIsThere() throws Exception {
        makeFeed("\"clicks\": \"clicks\",", SAMPLE);
        call("POST", "/_plugins/_ralm/feeds/news/_setup", "{\"number_of_shards\": 2}");
        candidates(4, new Random(4));
        awaitThresholds("a1");
        assertSharesAreReached("a1");
        ExposureThresholds before = ExposureField.in(object("a1"));
        bulk("{\"index\":{\"_index\":\"clicks\"}}\n{\"candidate\":\"a1\",\"user\":\"u1000\"}\n");
        await(() -> {
            refresh();
            assertNotEquals(before, ExposureField.in(object("a1")));
        });
        assertSharesAreReached("a1");
        Map<String, Object> shown = get("/_plugins/_ralm/candidates/news/a1");
        assertEquals(object("a1").get("top_5_percent_score"), shown.get("top_5_percent_score"));
    }

    public void testIndicesWithoutTheFieldAreRefreshedAsBeforeUntilSetupAddsIt() throws Exception {
        createCandidates("articles", 2);
        makeFeed("", SAMPLE);
        createPipeline("news");
        put("/articles/_doc/a0?pipeline=ralm", "{\"seed_users\": [\"u1\", \"u2\"]}");
        Map<String, Object> status = refresh();
        assertEquals(0, at(status, "exposure.users"));
        assertEquals(
                "the mapping of [articles] lacks field [ralm.exposure], which _setup adds",
                at(get("/_plugins/_ralm/feeds/news/_status"), "exposure.problem"));
        assertNull(object("a0").get("exposure"));
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        awaitThresholds("a0");
        assertNull(((Map<?, ?>) at(refresh(), "exposure")).get("problem"));
        assertSharesAreReached("a0");
    }

    public void testAFeedWithoutASampleHasNoThresholds() throws Exception {
        makeFeed("", 0);
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        candidates(1, new Random(4));
        assertEquals("[exposure_sample] of the feed is 0", at(refresh(), "exposure.problem"));
        assertNull(object("a0").get("exposure"));
    }

    public void testUsersWithoutAVectorAreDrawnButNotInTheSample() throws Exception {
        makeFeed("", SAMPLE);
        StringBuilder profiles = new StringBuilder();
        for (int u = 0; u < USERS; u++) {
            profiles.append("{\"index\":{\"_index\":\"users\",\"_id\":\"profile" + u + "\"}}\n{\"age\": 40}\n");
        }
        bulk(profiles);
        PlainActionFuture<Feed> feed = new PlainActionFuture<>();
        internalCluster().getInstance(FeedCache.class).get("news", feed);
        PlainActionFuture<SampleSearch.Drawn> drawn = new PlainActionFuture<>();
        SampleSearch.draw(internalCluster().client(), feed.actionGet(), DIMENSION, SAMPLE, drawn);
        assertEquals(SAMPLE, drawn.actionGet().users());
        assertEquals(SAMPLE / 2.0, drawn.actionGet().vectors().size(), DEVIATIONS * Math.sqrt(SAMPLE * 0.25));
    }

    public void testUsersOfAnotherModelAreNotInTheSample() throws Exception {
        makeFeed("m0", "", SAMPLE);
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        assertEquals("no user in [users] has a vector of model [m1]", at(refresh(), "exposure.problem"));
    }

    public void testNewBlockWrittenThroughThePipelineHasNoThresholdsOfTheOldOne() throws Exception {
        makeFeed("", SAMPLE);
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        candidates(1, new Random(4));
        awaitThresholds("a0");
        put("/articles/_doc/a0", "{\"title\": \"the same seeds\"}");
        assertSharesAreReached("a0");
        put("/articles/_doc/a0", "{\"seed_users\": [\"u77\", \"u78\"]}");
        assertNull(object("a0").get("exposure"));
        assertNull(object("a0").get("top_5_percent_score"));
        awaitThresholds("a0");
        assertSharesAreReached("a0");
    }

    public void testThresholdsAreMadeAnewForAModelOfTheSameWeightsThatScoresOtherwise() throws Exception {
        makeFeed("", SAMPLE);
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        candidates(2, new Random(4));
        awaitThresholds("a0");
        awaitThresholds("a1");
        Object block = object("a0").get("seeds");
        model = upload(TestModels.withScoring(artifact("m1", 1), "m1b", 0.9, 0.05));
        users = indexUsers("users-b", "m1b", USERS, 3);
        putFeed("users-b", "m1b", "", SAMPLE);
        for (String id : List.of("a0", "a1")) {
            await(() -> {
                refresh();
                assertTrue(ExposureField.in(object(id)).isOf(ScoringFingerprint.of(model)));
            });
            assertSharesAreReached(id);
        }
        assertEquals("the block fits as it is", block, object("a0").get("seeds"));
    }

    public void testQueriesShowEachCandidateToItsShareOfAllUsers() throws Exception {
        makeFeed("", SAMPLE);
        call("POST", "/_plugins/_ralm/feeds/news/_setup", "{\"number_of_shards\": 2}");
        put("/articles/_settings", "{\"index\": {\"refresh_interval\": -1}}");
        candidates(8, new Random(4));
        for (int c = 0; c < 8; c++) {
            awaitThresholds("a" + c);
        }
        put("/articles/_doc/new", "{\"seed_users\": [\"u1\"]}");
        call("POST", "/articles/_refresh", null);
        long before = unexposed();
        Map<String, Integer> shown = shown(5);
        for (int c = 0; c < 8; c++) {
            double share = shown.getOrDefault("a" + c, 0) / (double) USERS;
            assertEquals("a" + c, 0.05, share, error(0.05, SAMPLE, USERS) + 1.0 / SAMPLE);
            double lowest = ExposureField.in(object("a" + c)).admitting(5);
            assertEquals("a" + c, share("a" + c, lowest), share, 1.5 / USERS);
        }
        assertNull("a candidate without thresholds is shown to nobody", shown.get("new"));
        assertTrue("it is counted for each user", unexposed() - before >= USERS);
        assertEquals(8, shown(100).size());
        assertEquals(Integer.valueOf(USERS), shown(100).get("a3"));
    }

    /** To how many users each candidate is shown. */
    private Map<String, Integer> shown(double percent) throws IOException {
        Map<String, Integer> shown = new HashMap<>();
        List<float[]> all = List.copyOf(users.values());
        for (int from = 0; from < USERS; from += 100) {
            StringBuilder lines = new StringBuilder();
            for (float[] user : all.subList(from, from + 100)) {
                lines.append(
                        "{}\n{\"_source\": false, \"query\": {\"ralm_score\": {\"field\": \"ralm.seeds\", \"model\": "
                                + "\"m1\", \"user_vector\": " + json(user) + ", \"exposure\": {\"top_percent\": "
                                + percent
                                + "}}}}\n");
            }
            Map<String, Object> response = call("POST", "/articles/_msearch", lines.toString());
            for (int r = 0; r < 100; r++) {
                for (Object hit : (List<?>) at(response, "responses." + r + ".hits.hits")) {
                    shown.merge((String) ((Map<?, ?>) hit).get("_id"), 1, Integer::sum);
                }
            }
        }
        return shown;
    }

    private static long unexposed() throws IOException {
        long sum = 0;
        for (Object node :
                ((Map<?, ?>) get("/_plugins/_ralm/stats/unexposed_candidates").get("nodes")).values()) {
            sum += ((Number) ((Map<?, ?>) node).get("unexposed_candidates")).longValue();
        }
        return sum;
    }

    public void testRequestsThatThresholdsDoNotFitAreRefused() throws Exception {
        createCandidates("articles", 1);
        makeFeed("", SAMPLE);
        String query = "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\", %s}}}";
        String exposure = "\"exposure\": {\"top_percent\": %s}";
        assertRefused(
                400,
                "POST",
                "/articles/_search",
                query.formatted(exposure.formatted("5")),
                "[exposure] needs a field [ralm.exposure] of type [binary] with doc values");
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        assertEquals(
                0,
                hits(search("articles", query.formatted(exposure.formatted("5"))))
                        .size());
        for (String bad : List.of("0", "100.5", "\"5\"", "null")) {
            assertRefused(
                    400,
                    "POST",
                    "/articles/_search",
                    query.formatted(exposure.formatted(bad)),
                    "[top_percent] must be a number above 0, at most 100, but is [" + bad.replace("\"", "") + "]");
        }
        assertRefused(
                400,
                "POST",
                "/articles/_search",
                query.formatted("\"alpha\": 0.5, " + exposure.formatted("5")),
                "[alpha] and [beta] must not be given with it");
        assertRefused(
                400,
                "POST",
                "/articles/_search",
                """
                {"query": {"script_score": {"query": {"match_all": {}}, "script": {"lang": "ralm", "source": "ralm_score",
                 "params": {"field": "ralm.seeds", "model": "m1", "user_vector": %s, %s}}}}}"""
                        .formatted(json(users.get("u1")), exposure.formatted("5")),
                "script cannot leave candidates out, so it has no [exposure]");
    }
}
