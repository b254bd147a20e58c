package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.After;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.exposure.ExposureField;
import org.opensearch.ralm.plugin.exposure.ExposureThresholds;
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
        put(
                "/_plugins/_ralm/feeds/news",
                """
                {"candidates": "articles", "users": "users", "model": "m1", "k": 4, "min_seeds": 1, %s
                 "exposure_sample": %s}"""
                        .formatted(clicks, sample));
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
        assertTrue(thresholds.isOf(model.fingerprint()));
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
}
