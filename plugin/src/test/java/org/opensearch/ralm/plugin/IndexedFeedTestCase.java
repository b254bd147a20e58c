package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.plugins.Plugin;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.search.MockSearchService;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** A feed whose candidates have seeds, what the model says of them for one user, and ways to ask for it. */
@ClusterScope(numDataNodes = 2, supportsDedicatedMasters = false)
abstract class IndexedFeedTestCase extends RalmIntegTestCase {

    static final int CANDIDATES = 40;
    static final double TOLERANCE = 1e-5;
    static final String USER = "u7";

    /** The query of the feed for the user. */
    static final String LOOKALIKE = "{\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u7\"}}";

    private static final int USERS = 60;

    LookalikeModel model;
    Map<String, float[]> users;

    /** What the model says of each candidate, computed beside the plugin. */
    Map<String, Double> expected;

    /** The framework's own search service, which it sometimes takes, asks no plugin for votes and metrics. */
    @Override
    protected Collection<Class<? extends Plugin>> getMockPlugins() {
        List<Class<? extends Plugin>> mocks = new ArrayList<>(super.getMockPlugins());
        mocks.remove(MockSearchService.TestPlugin.class);
        return mocks;
    }

    /** Sets how segments are searched, as far as the server has such a setting; null for the default. */
    static void concurrency(String name, String value) throws IOException {
        String setting = "search.concurrent_segment_search." + name;
        if (ClusterSettings.BUILT_IN_CLUSTER_SETTINGS.stream()
                .anyMatch(known -> known.getKey().equals(setting))) {
            put(
                    "/_cluster/settings",
                    "{\"transient\": {\"" + setting + "\": " + (value == null ? null : "\"" + value + "\"") + "}}");
        }
    }

    /** Makes the feed {@code news} of articles a0 to a39 on three shards; every other is English. */
    void indexFeed() throws IOException {
        model = upload(artifact("m1", 1));
        createCandidates("articles", 3);
        users = indexUsers("users", "m1", USERS, 3);
        createFeed("news", "articles", "users", "m1");
        createPipeline("news");
        indexCandidates("articles", new Random(4));
        expected = new LinkedHashMap<>();
        for (Map<String, Object> hit : hits(search("articles", "{\"size\": 100}"))) {
            expected.put(
                    (String) hit.get("_id"),
                    (1 + model.score(users.get(USER), block(hit)).score()) / 2);
        }
    }

    static void indexCandidates(String index, Random random) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int c = 0; c < CANDIDATES; c++) {
            List<String> seeds = new ArrayList<>();
            for (int s = 0; s < 1 + random.nextInt(20); s++) {
                seeds.add("\"u" + random.nextInt(USERS) + "\"");
            }
            lines.append("{\"index\":{\"_index\":\"" + index + "\",\"_id\":\"a" + c + "\",\"pipeline\":\"ralm\"}}\n");
            lines.append("{\"lang\":\"" + (c % 2 == 0 ? "en" : "de") + "\",\"rank\":" + c
                    + ",\"title\":\"article number " + c + "\",\"seed_users\":" + seeds + "}\n");
        }
        bulk(lines);
    }

    /** The ids and scores of a search for a query, best first. */
    static Map<String, Double> scores(String query) throws IOException {
        return scores(search("articles", "{\"size\": 100, \"query\": " + query + "}"));
    }

    static Map<String, Double> scores(Map<String, Object> response) {
        assertEquals(response.toString(), 0, at(response, "_shards.failed"));
        Map<String, Double> scores = new LinkedHashMap<>();
        for (Map<String, Object> hit : hits(response)) {
            assertNull("twice: " + hit, scores.put((String) hit.get("_id"), score(hit)));
        }
        return scores;
    }

    static double score(Map<String, Object> hit) {
        return ((Number) hit.get("_score")).doubleValue();
    }

    static List<String> ids(Map<String, Double> scores) {
        return List.copyOf(scores.keySet());
    }

    static boolean isEnglish(String id) {
        return Integer.parseInt(id.substring(1)) % 2 == 0;
    }

    /** Whether each hit's score is what is computed from what the model says of it. */
    void assertScores(int count, Map<String, Double> scores, Expectation expectation) {
        assertEquals(count, scores.size());
        scores.forEach((id, score) -> assertEquals(id, expectation.of(id, expected.get(id)), score, TOLERANCE));
        List<Double> inOrder = List.copyOf(scores.values());
        for (int i = 1; i < inOrder.size(); i++) {
            assertTrue(scores.toString(), inOrder.get(i) <= inOrder.get(i - 1));
        }
    }

    /** What a hit's score should be, from its id and the plain query's score. */
    interface Expectation {
        double of(String id, double plain);
    }
}
