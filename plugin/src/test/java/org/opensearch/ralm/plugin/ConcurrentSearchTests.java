package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.opensearch.common.settings.Settings;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** Segments searched by several threads, and one segment by several: with the scores and the order of one thread. */
@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class ConcurrentSearchTests extends IndexedFeedTestCase {

    private static final String BODY = "{\"size\": 100, \"query\": %s}";
    private static final List<String> QUERIES = List.of(
            LOOKALIKE,
            "{\"bool\": {\"should\": [%s, {\"term\": {\"lang\": \"en\"}}]}}".formatted(LOOKALIKE),
            "{\"function_score\": {\"query\": %s, \"weight\": 2}}".formatted(LOOKALIKE),
            "{\"dis_max\": {\"queries\": [{\"match_all\": {\"boost\": 0.4}}, %s]}}".formatted(LOOKALIKE),
            "{\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u7\", \"query\": {\"term\": {\"lang\": \"en\"}}}}");

    /** More slices than segments, of which each, if forced, has a partition. */
    @Override
    protected Settings nodeSettings(int ordinal) {
        return Settings.builder()
                .put(super.nodeSettings(ordinal))
                .put("search.concurrent.max_slice_count", 4)
                .build();
    }

    /** Makes the feed's candidates lie on one shard of several segments. */
    private void indexSegments() throws IOException {
        indexFeed();
        call("DELETE", "/articles", null);
        createCandidates("articles", 1);
        Random random = new Random(4);
        indexCandidates("articles", random);
        for (int segment = 0; segment < 3; segment++) {
            put("/articles/_doc/b" + segment + "?pipeline=ralm&refresh=true", "{\"seed_users\": [\"u1\", \"u2\"]}");
        }
    }

    private static int concurrentQueries() throws IOException {
        return (Integer) at(get("/articles/_stats/search"), "_all.total.search.concurrent_query_total");
    }

    public void testSearchIsConcurrentOfItself() throws Exception {
        indexSegments();
        concurrency("mode", "auto");
        try {
            search("articles", BODY.formatted("{\"match_all\": {}}"));
            int before = concurrentQueries();
            for (String query : QUERIES) {
                search("articles", BODY.formatted(query));
                assertEquals(query, ++before, concurrentQueries());
            }
        } finally {
            concurrency("mode", null);
        }
    }

    public void testScoresAndOrderAreThoseOfOneThread() throws Exception {
        indexSegments();
        try {
            for (String query : QUERIES) {
                concurrency("mode", "none");
                Map<String, Double> alone = scores(query);
                concurrency("mode", "all");
                for (String strategy : List.of("segment", "balanced", "force")) {
                    concurrency("partition_strategy", strategy);
                    Map<String, Double> concurrent = scores(query);
                    assertEquals(query, alone, concurrent);
                    assertEquals(query, ids(alone), ids(concurrent));
                    String few = "{\"size\": 5, \"query\": " + query + "}";
                    assertEquals(query, ids(alone).subList(0, 5), ids(scores(search("articles", few))));
                    assertEquals(
                            alone.size(),
                            call("POST", "/articles/_count", "{\"query\": " + query + "}")
                                    .get("count"));
                }
            }
        } finally {
            concurrency("mode", null);
            concurrency("partition_strategy", null);
        }
    }

    /** OpenSearch's timers of a segment are for one thread. */
    public void testSegmentsOfProfiledSearchesAreNotShared() throws Exception {
        indexSegments();
        concurrency("mode", "all");
        try {
            Map<String, Double> whole = scores(LOOKALIKE);
            concurrency("partition_strategy", "force");
            for (int i = 0; i < 20; i++) {
                Map<String, Object> response =
                        search("articles", "{\"profile\": true, \"size\": 100, \"query\": " + LOOKALIKE + "}");
                assertEquals(whole, scores(response));
                assertEquals(
                        whole.size(), at(response, "profile.shards.0.searches.0.query.0.breakdown.read_blocks_count"));
            }
        } finally {
            concurrency("mode", null);
            concurrency("partition_strategy", null);
        }
    }
}
