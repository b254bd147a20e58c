package org.opensearch.ralm.plugin.rollout;

import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.After;
import org.opensearch.client.ResponseException;
import org.opensearch.common.settings.Settings;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.refresh.RefreshService;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** A feed whose model is changed, seen from outside. */
@ClusterScope(numDataNodes = 2, supportsDedicatedMasters = false)
public class RolloutTests extends RalmIntegTestCase {

    private static final int CANDIDATES = 12;
    private static final int USERS = 40;
    private static final double TOLERANCE = 1e-5;
    private static final String FEED = "/_plugins/_ralm/feeds/news";
    private static final String TO_M2 = "{\"model\": \"m2\", \"users\": \"users2\"}";

    private LookalikeModel m1;
    private LookalikeModel m2;
    private Map<String, float[]> users1;
    private Map<String, float[]> users2;

    @Override
    protected Settings nodeSettings(int ordinal) {
        return Settings.builder()
                .put(super.nodeSettings(ordinal))
                .put(RefreshService.ENABLED.getKey(), true)
                .build();
    }

    @After
    public void endRollout() throws Exception {
        refresh(true);
        put("/_cluster/settings", "{\"transient\": {\"plugins.ralm.*\": null}}");
        if (at(get(FEED), "model") != null
                && "preparing".equals(get(FEED + "/_rollout").get("state"))) {
            call("DELETE", FEED + "/_rollout", null);
        }
    }

    private static void refresh(boolean enabled) throws IOException {
        setting("plugins.ralm.refresh.enabled", enabled);
    }

    private static void setting(String name, Object value) throws IOException {
        put("/_cluster/settings", "{\"transient\": {\"" + name + "\": \"" + value + "\"}}");
    }

    private void makeFeed(boolean clicks) throws Exception {
        m1 = upload(artifact("m1", 1));
        m2 = upload(artifact("m2", 2));
        users1 = indexUsers("users1", "m1", USERS, 3);
        users2 = indexUsers("users2", "m2", USERS, 4);
        put(
                FEED,
                """
                {"candidates": "articles", %s "users": "users1", "model": "m1", "k": 4, "min_seeds": 1,
                 "refresh_interval": "1s", "exposure_sample": 20}"""
                        .formatted(clicks ? "\"clicks\": \"clicks\"," : ""));
        call("POST", FEED + "/_setup", "{\"number_of_shards\": 2}");
        Random random = new Random(5);
        for (int c = 0; c < CANDIDATES; c++) {
            writeCandidate("a" + c, random);
        }
    }

    private static void writeCandidate(String id, Random random) throws IOException {
        StringBuilder seeds = new StringBuilder();
        for (int s = 0; s < 1 + random.nextInt(15); s++) {
            seeds.append(s == 0 ? "" : ",")
                    .append("\"u")
                    .append(random.nextInt(USERS))
                    .append('"');
        }
        put("/articles/_doc/" + id + "?refresh=true", "{\"title\": \"t\", \"seed_users\": [" + seeds + "]}");
    }

    private static void click(String candidate, String user) throws IOException {
        call("POST", "/clicks/_doc", "{\"candidate\": \"" + candidate + "\", \"user\": \"" + user + "\"}");
    }

    private static Map<String, Object> search(String user) throws IOException {
        return search(
                "articles",
                "{\"size\": 100, \"ext\": {\"ralm_log\": {}}, \"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \""
                        + user + "\"}}}");
    }

    /** Whether all candidates are found, each scored as its model says of the block in a slot. */
    private void assertScores(String object, LookalikeModel model, Map<String, float[]> users, int count)
            throws IOException {
        call("POST", "/articles/_refresh", null);
        Map<String, Object> response = search("u7");
        assertEquals(response.toString(), count, hits(response).size());
        for (Map<String, Object> hit : hits(response)) {
            SeedBlock block =
                    SeedBlockCodec.decode(Base64.getDecoder().decode((String) at(hit, "_source." + object + ".seeds")));
            double expected = (1 + model.score(users.get("u7"), block).score()) / 2;
            assertEquals((String) hit.get("_id"), expected, ((Number) hit.get("_score")).doubleValue(), TOLERANCE);
            assertEquals(model.manifest().id(), at(hit, "fields.ralm_log.0.model"));
        }
    }

    /** Whether each candidate's block in a slot is what clustering its seeds from scratch gives. */
    private static void assertBlocks(String object, LookalikeModel model, Map<String, float[]> users)
            throws IOException {
        for (Map<String, Object> hit : hits(search("articles", "{\"size\": 100}"))) {
            TreeMap<String, float[]> seeds = new TreeMap<>();
            for (Object user : (List<?>) at(hit, "_source.seed_users")) {
                seeds.put((String) user, users.get(user));
            }
            SeedBlock expected = model.seedBlock(new CandidateClustering(4, CandidateClustering.SAMPLE_SIZE)
                    .cluster((String) hit.get("_id"), seeds));
            SeedBlock block =
                    SeedBlockCodec.decode(Base64.getDecoder().decode((String) at(hit, "_source." + object + ".seeds")));
            assertArrayEquals(expected.clusters().centroids(), block.clusters().centroids(), 1e-5f);
            assertNotNull(at(hit, "_source." + object + ".exposure"));
        }
    }

    private static void awaitState(String state) throws Exception {
        await(() -> {
            Map<String, Object> rollout = get(FEED + "/_rollout");
            assertEquals(rollout.toString(), state, rollout.get("state"));
        });
    }

    private static void awaitPruned(String object) throws Exception {
        await(() -> assertEquals("pruned", at(get(FEED + "/_rollout"), "beside.state")));
        call("POST", "/articles,clicks*/_refresh", null);
        for (Map<String, Object> hit : hits(search("articles", "{\"size\": 100}"))) {
            assertNull(at(hit, "_source." + object));
        }
    }

    private static List<String> loggedChanges() throws IOException {
        call("POST", "/ralm-metrics-*/_refresh", null);
        return hits(search(
                        "ralm-metrics-*",
                        "{\"size\": 100, \"sort\": \"@timestamp\", \"query\": {\"term\": {\"kind\": \"rollout\"}}}"))
                .stream()
                .map(hit -> at(hit, "_source.event") + " " + at(hit, "_source.model") + " after "
                        + at(hit, "_source.previous_model"))
                .toList();
    }

    public void testModelIsPreparedBesideThatInUseAndThenTakesItsPlace() throws Exception {
        makeFeed(true);
        await(() -> assertScores("ralm", m1, users1, CANDIDATES));
        Map<String, Object> begun = call("POST", FEED + "/_activate", TO_M2);
        assertEquals("preparing", begun.get("state"));
        assertEquals("m1", at(begun, "serving.model"));
        awaitState("active");
        assertScores("ralm_2", m2, users2, CANDIDATES);
        assertBlocks("ralm_2", m2, users2);
        assertEquals("ralm_2.seeds", get(FEED).get("field"));
        assertEquals("m2", get(FEED).get("model"));

        writeCandidate("a12", new Random(9));
        click("a12", "u7");
        await(() -> assertScores("ralm_2", m2, users2, CANDIDATES + 1));
        await(() -> {
            Map<String, Object> candidate = get("/articles/_doc/a12");
            assertNotNull(candidate.toString(), at(candidate, "_source.ralm"));
            assertEquals(at(candidate, "_source.ralm_2.seed_count"), at(candidate, "_source.ralm.seed_count"));
        });

        assertEquals("rolled_back", call("POST", FEED + "/_rollback", null).get("state"));
        assertScores("ralm", m1, users1, CANDIDATES + 1);
        assertRefused(409, "POST", FEED + "/_rollback", null, "feed [news] has nothing to go back to", "rolled_back");

        call("DELETE", FEED + "/_rollout", null);
        awaitPruned("ralm_2");
        for (Map<String, Object> click : hits(search("clicks", "{\"size\": 1000}"))) {
            assertNull(click.toString(), at(click, "_source.vector_2"));
            assertEquals("m1", at(click, "_source.model"));
        }
        assertScores("ralm", m1, users1, CANDIDATES + 1);
        assertEquals(
                List.of(
                        "defined m1 after null",
                        "preparing m2 after m1",
                        "activated m2 after m1",
                        "rolled_back m1 after m2"),
                loggedChanges());
    }

    public void testFeedWithoutClicksGoesThereAndOnToAThirdModel() throws Exception {
        makeFeed(false);
        call("POST", FEED + "/_activate", TO_M2);
        awaitState("active");
        assertScores("ralm_2", m2, users2, CANDIDATES);
        assertBlocks("ralm_2", m2, users2);
        setting("plugins.ralm.rollout.keep", "0s");
        awaitPruned("ralm");
        assertScores("ralm_2", m2, users2, CANDIDATES);

        LookalikeModel m3 = upload(artifact("m3", 6));
        Map<String, float[]> users3 = indexUsers("users3", "m3", USERS, 8);
        call("POST", FEED + "/_activate", "{\"model\": \"m3\", \"users\": \"users3\"}");
        awaitState("active");
        assertScores("ralm", m3, users3, CANDIDATES);
        assertBlocks("ralm", m3, users3);
        assertEquals("ralm.seeds", get(FEED).get("field"));
    }

    public void testThereIsNoWayBackToFieldsThatAreGoneUntilSetupHasMadeThem() throws Exception {
        makeFeed(false);
        call("POST", FEED + "/_activate", TO_M2);
        awaitState("active");
        call("DELETE", "/articles", null);
        put(
                "/articles",
                """
                {"settings": {"index.default_pipeline": "ralm-news-candidates"}, "mappings": {"properties":
                 {"ralm_2": {"properties": {"seeds": {"type": "ralm_seeds", "dimension": %s}}}}}}"""
                        .formatted(DIMENSION));
        assertRefused(
                409,
                "POST",
                FEED + "/_rollback",
                null,
                "feed [news] cannot go back to model [m1]",
                "[ralm.seeds]",
                "_setup adds");
        assertEquals("m2", get(FEED).get("model"));

        assertEquals(List.of("articles"), call("POST", FEED + "/_setup", null).get("updated"));
        assertEquals("rolled_back", call("POST", FEED + "/_rollback", null).get("state"));
        writeCandidate("a0", new Random(9));
        await(() -> assertScores("ralm", m1, users1, 1));
    }

    public void testNoCandidateIsMissingWhereWritesReachTheDiskLate() throws Exception {
        put(
                "/_index_template/late",
                """
                {"index_patterns": ["articles"], "template": {"settings": {"number_of_replicas": 1,
                 "index.translog.durability": "async", "index.translog.sync_interval": "1h"}}}""");
        makeFeed(false);
        call("POST", FEED + "/_activate", TO_M2);
        awaitState("active");
        assertScores("ralm_2", m2, users2, CANDIDATES);
        // What was not written yet is held in arrays that the framework misses otherwise.
        call("DELETE", "/articles", null);
        call("DELETE", "/_index_template/late", null);
    }

    public void testCandidatesWithoutSeedsGetPseudoSeedsOfTheNewModel() throws Exception {
        Map<String, String> tags = Map.of("clicked", "cats", "unclicked", "dogs");
        makeFeedWithContent(true);
        writeTags(tags);
        click("clicked", "u1");

        call("POST", FEED + "/_activate", TO_M2);
        awaitState("active");
        assertPseudoSeeds("ralm_2", m2, tags);
        assertPseudoScores(m2, users2, tags);
    }

    public void testPseudoSeedsOfBothModelsFollowTheContent() throws Exception {
        changeContent(true);
    }

    public void testPseudoSeedsOfBothModelsFollowTheContentWithoutClicks() throws Exception {
        changeContent(false);
    }

    private void changeContent(boolean clicks) throws Exception {
        makeFeedWithContent(clicks);
        put("/articles/_doc/seeded", "{\"tags\": \"cats\", \"seed_users\": [\"u1\"]}");
        writeTags(Map.of("unseeded", "dogs"));
        call("POST", FEED + "/_activate", TO_M2);
        awaitState("active");

        Map<String, String> others = Map.of("seeded", "birds", "unseeded", "fish");
        await(() -> {
            try {
                writeTags(others);
            } catch (ResponseException e) {
                throw new AssertionError("the refresh came between", e);
            }
        });
        await(() -> {
            assertPseudoSeeds("ralm_2", m2, others);
            assertPseudoSeeds("ralm", m1, others);
        });
        assertPseudoScores(m2, users2, others);
        call("POST", FEED + "/_rollback", null);
        assertPseudoScores(m1, users1, others);
    }

    public void testCandidatesWhoseSeedsTheNewModelDoesNotKnowSpeakByTheirContent() throws Exception {
        makeFeedWithContent(true);
        writeTags(Map.of("a0", "red"));
        for (String user : List.of("u1", "u2", "u3")) {
            click("a0", user);
            call("DELETE", "/users2/_doc/" + user + "?refresh=true", null);
        }
        call("POST", FEED + "/_refresh", null);
        await(() -> assertEquals("warm", at(get("/articles/_doc/a0"), "_source.ralm.state")));

        call("POST", FEED + "/_activate", TO_M2);
        awaitState("active");
        assertPseudoSeeds("ralm_2", m2, Map.of("a0", "red"));
        assertPseudoScores(m2, users2, Map.of("a0", "red"));
        for (String user : List.of("u4", "u5", "u6")) {
            click("a0", user);
        }
        call("POST", FEED + "/_refresh", null);
        await(() -> {
            Map<String, Object> candidate = get("/articles/_doc/a0");
            assertEquals(candidate.toString(), "warm", at(candidate, "_source.ralm_2.state"));
            assertEquals(candidate.toString(), 3, at(candidate, "_source.ralm_2.unknown_users"));
        });
    }

    private void makeFeedWithContent(boolean clicks) throws Exception {
        m1 = upload(TestModels.withContent(artifact("m1", 1), "tags"));
        m2 = upload(TestModels.withContent(artifact("m2", 2), "tags"));
        users1 = indexUsers("users1", "m1", USERS, 3);
        users2 = indexUsers("users2", "m2", USERS, 4);
        put(
                FEED,
                """
                {"candidates": "articles", %s "users": "users1", "model": "m1", "k": 4, "min_seeds": 3,
                 "content_fields": ["tags"], "refresh_interval": "1s"}"""
                        .formatted(clicks ? "\"clicks\": \"clicks\"," : ""));
        call("POST", FEED + "/_setup", null);
    }

    private static void writeTags(Map<String, String> tags) throws IOException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            put("/articles/_doc/" + tag.getKey(), "{\"tags\": \"" + tag.getValue() + "\"}");
        }
    }

    private static SeedBlock pseudoSeed(LookalikeModel model, String tag) {
        return model.pseudoSeedBlock(Map.of("tags", List.of(tag))).orElseThrow();
    }

    /** Whether each candidate's block in a slot is the pseudo-seed of its tag. */
    private static void assertPseudoSeeds(String object, LookalikeModel model, Map<String, String> tags)
            throws IOException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            Map<String, Object> candidate = get("/articles/_doc/" + tag.getKey());
            assertEquals(candidate.toString(), "content", at(candidate, "_source." + object + ".state"));
            SeedBlock block = SeedBlockCodec.decode(
                    Base64.getDecoder().decode((String) at(candidate, "_source." + object + ".seeds")));
            assertEquals(object + " of " + tag, pseudoSeed(model, tag.getValue()), block);
        }
    }

    /** Whether all candidates are found, each scored by the pseudo-seed of its tag. */
    private static void assertPseudoScores(LookalikeModel model, Map<String, float[]> users, Map<String, String> tags)
            throws IOException {
        call("POST", "/articles/_refresh", null);
        List<Map<String, Object>> hits = hits(search("u7"));
        assertEquals(tags.size(), hits.size());
        for (Map<String, Object> hit : hits) {
            SeedBlock pseudo = pseudoSeed(model, tags.get((String) hit.get("_id")));
            double expected = (1 + model.score(users.get("u7"), pseudo).score()) / 2;
            assertEquals(expected, ((Number) hit.get("_score")).doubleValue(), TOLERANCE);
        }
    }

    public void testPreparationThatIsGivenUpHalfWayLeavesNothing() throws Exception {
        m1 = upload(artifact("m1", 1));
        upload(artifact("m2", 2));
        users1 = indexUsers("users1", "m1", USERS, 3);
        indexUsers("users2", "m2", USERS, 4);
        for (String index : List.of("open", "blocked")) {
            createCandidates(index, 1);
            put("/" + index + "/_alias/articles", null);
        }
        createFeed("news", "articles", "users1", "m1");
        createPipeline("news");
        for (int c = 0; c < CANDIDATES; c++) {
            put(
                    "/" + (c % 3 == 0 ? "blocked" : "open") + "/_doc/a" + c + "?pipeline=ralm&refresh=true",
                    "{\"seed_users\": [\"u" + c + "\", \"u" + 2 * c + "\"]}");
        }
        put("/blocked/_settings", "{\"index.blocks.write\": true}");

        call("POST", FEED + "/_activate", TO_M2);
        await(() -> {
            Map<String, Object> rollout = get(FEED + "/_rollout");
            List<String> reasons =
                    List.of("1 of 1 shards of [blocked]", "index [blocked] must not be written to: index write (api)");
            assertEquals(rollout.toString(), reasons, rollout.get("waiting_for"));
        });
        call("POST", "/articles/_refresh", null);
        assertEquals(8, prepared());
        assertScores("ralm", m1, users1, CANDIDATES);

        assertEquals("cancelled", call("DELETE", FEED + "/_rollout", null).get("state"));
        put("/blocked/_settings", "{\"index.blocks.write\": false}");
        awaitPruned("ralm_2");
        assertEquals(0, prepared());
        assertScores("ralm", m1, users1, CANDIDATES);
    }

    /** How many candidates have a block in the second slot. */
    private static int prepared() throws IOException {
        return hits(search("articles", "{\"size\": 100, \"query\": {\"exists\": {\"field\": \"ralm_2.model\"}}}"))
                .size();
    }

    public void testPreparationIsProtectedSurvivesTheRestartOfANodeAndCanBeCancelled() throws Exception {
        makeFeed(true);
        await(() -> assertScores("ralm", m1, users1, CANDIDATES));
        refresh(false);
        call("POST", FEED + "/_activate", TO_M2);
        assertRefused(409, "POST", FEED + "/_activate", TO_M2, "is being prepared for model [m2] already");
        assertRefused(409, "POST", FEED + "/_rollback", null, "nothing to go back to");
        assertRefused(409, "DELETE", FEED, null, "is being prepared for model [m2]");
        for (String model : List.of("m1", "m2")) {
            assertRefused(409, "DELETE", "/_plugins/_ralm/models/" + model, null, "in use by feeds [news]");
        }
        String other =
                "{\"candidates\": \"articles\", \"clicks\": \"clicks\", \"users\": \"users2\", \"model\": \"m2\"}";
        assertRefused(409, "PUT", FEED, other, "blocks of model [m2] beside those of [m1]", "_activate");
        assertEquals(
                "updated",
                put(FEED, other.replace("users2", "users1").replace("m2", "m1")).get("result"));
        assertEquals("preparing", get(FEED + "/_rollout").get("state"));

        internalCluster().restartRandomDataNode();
        ensureGreen();
        click("a0", "u39");
        refresh(true);
        awaitState("active");
        await(() -> assertScores("ralm_2", m2, users2, CANDIDATES));

        refresh(false);
        LookalikeModel m3 = upload(artifact("m3", 6));
        indexUsers("users3", "m3", USERS / 2 - 1, 8);
        String toM3 = "{\"model\": \"m3\", \"users\": \"users3\", \"with_fewer_users\": %s}";
        assertRefused(
                400,
                "POST",
                FEED + "/_activate",
                toM3.formatted(false),
                "[users3], which has 19 vectors of model [m3], expected at least half of the 40 in [users2]");
        call("POST", FEED + "/_activate", toM3.formatted(true));
        assertEquals("cancelled", call("DELETE", FEED + "/_rollout", null).get("state"));
        refresh(true);
        awaitPruned("ralm");
        assertScores("ralm_2", m2, users2, CANDIDATES);
        assertEquals(DIMENSION, m3.dimension());
        call("DELETE", "/_plugins/_ralm/models/m3", null);
        call("DELETE", "/_plugins/_ralm/models/m1", null);
        assertRefused(409, "DELETE", FEED + "/_rollout", null, "no model beside [m2]");
    }
}
