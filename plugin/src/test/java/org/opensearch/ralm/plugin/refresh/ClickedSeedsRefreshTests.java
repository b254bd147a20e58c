package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.Before;
import org.opensearch.action.bulk.BulkRequestBuilder;
import org.opensearch.action.index.IndexRequest;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.click.ClickFields;
import org.opensearch.ralm.plugin.click.ClickId;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 2, supportsDedicatedMasters = false)
public class ClickedSeedsRefreshTests extends RalmIntegTestCase {

    private static final int K = 4;
    private static final int MAX_SEEDS = 150;
    private static final int SAMPLE_SIZE = 100;

    private LookalikeModel model;
    private Map<String, float[]> users;

    /** What is expected to be counted: by candidate, the time of each user's last click, in the order of the writes. */
    private final Map<String, Map<String, Instant>> clicks = new HashMap<>();

    @Before
    public void makeFeed() throws Exception {
        model = upload(artifact("m1", 1));
        createCandidates("articles", 2);
        createClicks("clicks", 3);
        // While a copy recovers, the newest clicks count as waiting for it.
        ensureGreen(TimeValue.timeValueMinutes(1), "clicks");
        users = indexUsers("users", "m1", 400, 3);
        feed("1h");
    }

    private static void feed(String interval) throws IOException {
        put(
                "/_plugins/_ralm/feeds/news",
                """
                {"candidates": "articles", "clicks": "clicks", "users": "users", "model": "m1", "k": %s,
                 "max_seeds": %s, "sample_size": %s, "min_seeds": 3, "refresh_interval": "%s",
                 "recluster_interval": "1h"}"""
                        .formatted(K, MAX_SEEDS, SAMPLE_SIZE, interval));
    }

    private void click(StringBuilder bulk, String candidate, String user, Instant time) {
        bulk.append(
                """
                {"index": {"_index": "clicks", "_id": "%s", "routing": "%s"}}
                {"candidate": "%s", "user": "%s", "time": "%s", "received": %s, "model": "m1", "vector": "%s"}
                """
                        .formatted(
                                ClickId.of(candidate, user),
                                candidate,
                                candidate,
                                user,
                                time,
                                System.currentTimeMillis(),
                                ClickFields.encoded(users.get(user))));
        Map<String, Instant> seeds = clicks.computeIfAbsent(candidate, absent -> new LinkedHashMap<>());
        seeds.remove(user);
        seeds.put(user, time);
    }

    private void click(String candidate, String... clicking) throws IOException {
        StringBuilder bulk = new StringBuilder();
        for (String user : clicking) {
            click(bulk, candidate, user, Instant.now());
        }
        bulk(bulk);
    }

    private static Map<String, Object> refresh(boolean recluster) throws IOException {
        Map<String, Object> status = call("POST", "/_plugins/_ralm/feeds/news/_refresh?recluster=" + recluster, null);
        assertEquals(status.toString(), 0, at(status, "_nodes.failed"));
        return status;
    }

    private static Map<String, Object> candidate(String id) throws IOException {
        return get("/articles/_doc/" + id.replace("%", "%25"));
    }

    /** Switches the task on or off, or, with null, back to how nodes begin. */
    private static void enable(Boolean enabled) throws IOException {
        put("/_cluster/settings", "{\"transient\": {\"plugins.ralm.refresh.enabled\": " + enabled + "}}");
    }

    private static void awaitSeeds(String id, int count) throws Exception {
        await(() -> {
            Map<?, ?> source = (Map<?, ?>) candidate(id).get("_source");
            Object ralm = source.get("ralm");
            assertEquals(count, ralm == null ? null : ((Map<?, ?>) ralm).get("seed_count"));
        });
    }

    /** The newest of the seeds; of those of one time the ones written last. */
    private SortedMap<String, float[]> newest(String candidate) {
        List<String> order = new ArrayList<>(clicks.get(candidate).keySet());
        order.sort(Comparator.comparing(user -> clicks.get(candidate).get(user)));
        SortedMap<String, float[]> seeds = new TreeMap<>();
        for (String user : order.subList(Math.max(0, order.size() - MAX_SEEDS), order.size())) {
            seeds.put(user, users.get(user));
        }
        return seeds;
    }

    private void assertClusteredFromScratch(String id) throws IOException {
        SortedMap<String, float[]> seeds = newest(id);
        SeedBlock expected = model.seedBlock(new CandidateClustering(K, SAMPLE_SIZE).cluster(id, seeds));
        SeedBlock actual = block(candidate(id));
        assertArrayEquals(expected.clusters().sizes(), actual.clusters().sizes());
        assertArrayEquals(expected.clusters().centroids(), actual.clusters().centroids(), 1e-6f);
        assertArrayEquals(expected.global(), actual.global(), 1e-6f);
        assertEquals(seeds.size(), at(candidate(id), "_source.ralm.seed_count"));
    }

    public void testClicksBecomeSeedsAndRepeatedOnesDoNotCountTwice() throws Exception {
        put("/articles/_doc/a", "{\"lang\": \"en\"}");
        click("a", "u1", "u2");
        Map<String, Object> status = refresh(false);
        assertEquals(1, at(status, "candidates.cold"));
        assertEquals(2, at(candidate("a"), "_source.ralm.seed_count"));
        assertEquals("cold", at(candidate("a"), "_source.ralm.state"));
        assertEquals(2, at(candidate("a"), "_source.ralm.clicks_1h"));
        assertClusteredFromScratch("a");

        click("a", "u2", "u3");
        click("a", "u3", "u3", "u4");
        status = refresh(false);
        assertEquals(1, at(status, "candidates.warm"));
        assertEquals(0, at(status, "backlog.clicks"));
        assertEquals(4, at(candidate("a"), "_source.ralm.seed_count"));
        assertEquals("warm", at(candidate("a"), "_source.ralm.state"));
        assertEquals("en", at(candidate("a"), "_source.lang"));

        Object version = at(candidate("a"), "_version");
        refresh(false);
        assertEquals("nothing new, nothing written", version, at(candidate("a"), "_version"));
        refresh(true);
        assertClusteredFromScratch("a");
    }

    public void testACandidateThatComesAfterItsClicksIsFound() throws Exception {
        click("late", "u1", "u2", "u3");
        assertEquals(1, at(refresh(false), "candidates.pending"));
        put("/articles/_doc/late", "{\"lang\": \"en\"}");
        assertEquals(0, at(refresh(false), "candidates.pending"));
        assertClusteredFromScratch("late");
    }

    public void testACandidateThatIsWrittenAnewGetsItsBlockBack() throws Exception {
        put("/articles/_doc/a", "{\"lang\": \"en\"}");
        click("a", "u1", "u2", "u3");
        refresh(false);
        put("/articles/_doc/a?refresh=true", "{\"lang\": \"fr\"}");
        refresh(false);
        assertClusteredFromScratch("a");
        assertEquals("fr", at(candidate("a"), "_source.lang"));
    }

    public void testTheTaskCountsByItself() throws Exception {
        feed("1s");
        put("/articles/_doc/a", "{\"lang\": \"en\"}");
        click("a", "u1", "u2", "u3");
        try {
            enable(true);
            awaitSeeds("a", 3);
            enable(false);
            assertEquals(true, at(get("/_plugins/_ralm/feeds/news/_status"), "paused"));
            enable(true);
            assertEquals(false, at(get("/_plugins/_ralm/feeds/news/_status"), "paused"));
            click("a", "u4");
            awaitSeeds("a", 4);
            await(() -> {
                call("POST", "/ralm-metrics-*/_refresh", null);
                Map<String, Object> cycles =
                        search("ralm-metrics-*", "{\"query\": {\"term\": {\"feed\": \"news\"}}, \"sort\": \"clicks\"}");
                assertTrue(cycles.toString(), hits(cycles).size() > 1);
            });
        } finally {
            enable(null);
        }
    }

    public void testARefreshThatIsCancelledEndsAndLosesNothing() throws Exception {
        put("/articles/_doc/a", "{\"lang\": \"en\"}");
        click("a", "u1", "u2", "u3");
        int cancelled = 0;
        for (RefreshService service : internalCluster().getDataNodeInstances(RefreshService.class)) {
            try {
                service.refresh("news", false, () -> true);
            } catch (TaskCancelledException e) {
                cancelled++;
            }
        }
        assertTrue(cancelled > 0);
        assertNull(((Map<?, ?>) candidate("a").get("_source")).get("ralm"));
        refresh(false);
        assertClusteredFromScratch("a");
    }

    public void testItsMemoryIsSeenInTheStatisticsOfCircuitBreakers() throws Exception {
        put("/articles/_doc/a", "{\"lang\": \"en\"}");
        click("a", "u1");
        refresh(false);
        long bytes = 0;
        for (Object node : ((Map<?, ?>) get("/_nodes/stats/breaker").get("nodes")).values()) {
            Map<?, ?> breakers = (Map<?, ?>) ((Map<?, ?>) node).get("breakers");
            bytes += ((Number) ((Map<?, ?>) breakers.get("ralm")).get("estimated_size_in_bytes")).longValue();
        }
        assertTrue("a candidate is held in the ledger", bytes > 0);
        call("DELETE", "/_plugins/_ralm/feeds/news", null);
        try {
            enable(true);
            await(() -> {
                for (RefreshService service : internalCluster().getDataNodeInstances(RefreshService.class)) {
                    assertEquals(List.of(), service.status("news").shards());
                }
            });
        } finally {
            enable(null);
        }
    }

    public void testAShardWithoutAPrimaryDoesNotKeepCandidatesOfTheOthersFromTheirSeeds() throws Exception {
        call("DELETE", "/articles", null);
        put(
                "/articles?wait_for_active_shards=0",
                """
                {"settings": {"number_of_shards": 3, "number_of_replicas": 0,
                  "routing.allocation.total_shards_per_node": 1},
                 "mappings": {"properties": {"lang": {"type": "keyword"}, "ralm": {"properties": {
                   "seeds": {"type": "ralm_seeds", "dimension": %s}}}}}}"""
                        .formatted(DIMENSION));
        Set<String> there = new TreeSet<>();
        Set<String> gone = new TreeSet<>();
        for (int c = 0; c < 12; c++) {
            click("c" + c, "u1", "u2");
        }
        await(() -> assertEquals(
                2, client().admin().cluster().prepareHealth("articles").get().getActiveShards()));
        BulkRequestBuilder writes = client().prepareBulk().setTimeout(TimeValue.timeValueSeconds(1));
        for (int c = 0; c < 12; c++) {
            writes.add(new IndexRequest("articles").id("c" + c).source(Map.of("lang", "en")));
        }
        writes.get().forEach(item -> (item.isFailed() ? gone : there).add(item.getId()));
        assertFalse(there + " " + gone, there.isEmpty() || gone.isEmpty());

        Map<String, Object> status = refresh(false);
        for (String id : there) {
            assertEquals(2, at(candidate(id), "_source.ralm.seed_count"));
        }
        assertTrue(status.toString(), status.toString().contains("NoShardAvailableActionException"));
        assertEquals(gone.size(), at(status, "backlog.candidates"));
    }

    public void testAFeedIsNotFound() throws Exception {
        assertRefused(404, "GET", "/_plugins/_ralm/feeds/nobody/_status", null, "feed [nobody] does not exist");
        assertRefused(404, "POST", "/_plugins/_ralm/feeds/nobody/_refresh", null, "feed [nobody] does not exist");
    }

    public void testUsersWhoBecomeKnownAreCounted() throws Exception {
        put("/articles/_doc/a", "{\"lang\": \"en\"}");
        bulk(
                """
                {"index": {"_index": "clicks", "_id": "a:new", "routing": "a"}}
                {"candidate": "a", "user": "new", "time": "2026-01-01", "unknown_user": true, "mine": 7}
                """);
        click("a", "u1");
        assertEquals(1, at(refresh(false), "backlog.unknown_users"));
        assertEquals(1, at(candidate("a"), "_source.ralm.seed_count"));
        assertEquals(1, at(candidate("a"), "_source.ralm.unknown_users"));
        users.put("new", users.get("u9"));
        put("/users/_doc/new?refresh=true", "{\"model\": \"m1\", \"vector\": " + json(users.get("new")) + "}");
        assertEquals(0, at(refresh(false), "backlog.unknown_users"));
        clicks.get("a").put("new", Instant.EPOCH);
        assertEquals(2, at(candidate("a"), "_source.ralm.seed_count"));
        assertEquals(7, at(get("/clicks/_doc/a:new?routing=a"), "_source.mine"));
        refresh(true);
        assertClusteredFromScratch("a");
    }

    public void testUsersWhoBecomeKnownAreCountedBesideManyWhoNeverWill() throws Exception {
        put("/articles/_doc/a", "{}");
        StringBuilder strangers = new StringBuilder();
        for (int u = 0; u < 1_600; u++) {
            String user = u < 1_500 ? "stranger" + u : "new" + u;
            strangers.append(
                    """
                    {"index": {"_index": "clicks", "_id": "a:%s", "routing": "a"}}
                    {"candidate": "a", "user": "%s", "time": "2026-01-01", "unknown_user": true}
                    """
                            .formatted(user, user));
        }
        bulk(strangers);
        StringBuilder known = new StringBuilder();
        for (int u = 1_500; u < 1_600; u++) {
            known.append("{\"index\": {\"_index\": \"users\", \"_id\": \"new" + u + "\"}}\n");
            known.append("{\"model\": \"m1\", \"vector\": " + json(users.get("u" + u % 400)) + "}\n");
        }
        bulk(known);
        await(() -> assertEquals(1_500, at(refresh(false), "backlog.unknown_users")));
    }

    public void testADocumentThatIsNoClickKeepsNoOtherFromBeingCounted() throws Exception {
        put("/articles/_doc/a", "{}");
        bulk(
                """
                {"index": {"_index": "clicks", "_id": "x", "routing": "a"}}
                {"candidate": "a"}
                {"index": {"_index": "clicks", "_id": "y", "routing": "a"}}
                {"user": "u7", "model": "m1"}
                {"index": {"_index": "clicks", "_id": "b:u8", "routing": "b"}}
                {"candidate": "b", "user": "u8", "model": "m1", "time": "2026-01-01"}
                """);
        click("a", "u1", "u2");
        refresh(false);
        assertEquals(2, at(candidate("a"), "_source.ralm.seed_count"));
    }

    public void testListedSeedsStayWhenClicksBeginToCount() throws Exception {
        createPipeline("news");
        put(
                "/_plugins/_ralm/feeds/news",
                "{\"candidates\": \"articles\", \"users\": \"users\", \"model\": \"m1\", \"k\": 4,"
                        + " \"refresh_interval\": \"1h\", \"recluster_interval\": \"1h\"}");
        put("/articles/_doc/a?pipeline=ralm", "{\"seed_users\": [\"u1\", \"u2\", \"u3\"]}");
        feed("1h");
        click("a", "u3", "u4");
        refresh(false);
        clicks.get("a").put("u1", Instant.EPOCH);
        clicks.get("a").put("u2", Instant.EPOCH);
        assertEquals(4, at(candidate("a"), "_source.ralm.seed_count"));
        refresh(true);
        assertClusteredFromScratch("a");
    }

    public void testBlocksAreAFunctionOfTheNewestSeedsWhateverHappened() throws Exception {
        List<String> ids = List.of("a", "b:1", "c%");
        for (String id : ids) {
            put("/articles/_doc/" + id.replace("%", "%25"), "{\"lang\": \"en\"}");
        }
        Instant begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(30_000);
        for (int step = 0; step < 30; step++) {
            StringBuilder bulk = new StringBuilder();
            for (int i = between(1, 40); i > 0; i--) {
                String user = "u" + between(0, 399);
                click(bulk, randomFrom(ids), user, begin.plusSeconds(between(0, 30_000)));
            }
            bulk(bulk);
            if (between(0, 4) == 0) {
                bulk(bulk);
            }
            if (randomBoolean()) {
                refresh(between(0, 9) == 0);
                forgetSurplus();
            }
            if (between(0, 4) == 0) {
                String id = randomFrom(ids);
                String user = randomFrom(new ArrayList<>(
                        clicks.getOrDefault(id, Map.of("u0", begin)).keySet()));
                call(
                        "POST",
                        "/_bulk",
                        "{\"delete\": {\"_index\": \"clicks\", \"_id\": \"" + ClickId.of(id, user)
                                + "\", \"routing\": \"" + id + "\"}}\n");
                clicks.getOrDefault(id, new HashMap<>()).remove(user);
            }
        }
        refresh(true);
        refresh(true);
        for (String id : ids) {
            assertClusteredFromScratch(id);
        }
    }

    /** Clicks that were among the oldest at a refresh are gone for good. */
    private void forgetSurplus() {
        clicks.forEach(
                (candidate, seeds) -> seeds.keySet().retainAll(newest(candidate).keySet()));
    }
}
