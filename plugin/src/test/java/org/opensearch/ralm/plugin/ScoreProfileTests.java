package org.opensearch.ralm.plugin;

import java.util.List;
import java.util.Map;

/** What profiles tell of the query. */
public class ScoreProfileTests extends IndexedFeedTestCase {

    private static Map<String, Object> profiled(String query) throws Exception {
        return search("articles", "{\"profile\": true, \"size\": 100, \"query\": " + query + "}");
    }

    /** The sum of a number over the shards. */
    private static long sum(Map<String, Object> response, String path) {
        long sum = 0;
        for (Object shard : (List<?>) at(response, "profile.shards")) {
            Object query = ((List<?>) ((Map<?, ?>) ((List<?>) ((Map<?, ?>) shard).get("searches")).get(0)).get("query"))
                    .get(0);
            sum += ((Number) at(Map.of("query", query), "query." + path)).longValue();
        }
        return sum;
    }

    public void testReadingOfBlocksIsCountedAndTimed() throws Exception {
        indexFeed();
        put("/articles/_doc/unseeded?refresh=true", "{\"lang\": \"en\"}");
        String english = LOOKALIKE.replace("\"u7\"", "\"u7\", \"query\": {\"term\": {\"lang\": \"en\"}}");
        for (String mode : List.of("none", "all")) {
            concurrency("mode", mode);
            try {
                Map<String, Object> response = profiled(english);
                assertEquals("RalmScoreQuery", at(response, "profile.shards.0.searches.0.query.0.type"));
                assertEquals("ConstantScoreQuery", at(response, "profile.shards.0.searches.0.query.0.children.0.type"));
                assertEquals(CANDIDATES / 2, sum(response, "breakdown.read_blocks_count"));
                assertEquals(CANDIDATES / 2, sum(response, "breakdown.score_count"));
                assertEquals(0, sum(response, "breakdown.cold_candidates"));
                assertTrue(sum(response, "breakdown.read_blocks_bytes") > CANDIDATES / 2 * DIMENSION * Float.BYTES);
                assertTrue(sum(response, "breakdown.read_blocks") > 0);
            } finally {
                concurrency("mode", null);
            }
        }
    }

    public void testColdCandidatesAreCounted() throws Exception {
        indexFeed();
        upload(artifact("m2", 2));
        Map<String, Object> response =
                profiled("{\"ralm_score\": {\"field\": \"ralm.seeds\", \"model\": \"m2\", \"user_vector\": "
                        + json(users.get(USER)) + "}}");
        assertEquals(0, hits(response).size());
        assertEquals(CANDIDATES, sum(response, "breakdown.cold_candidates"));
        assertEquals(CANDIDATES, sum(response, "breakdown.read_blocks_count"));
    }

    public void testQueriesThatHideTheirInnerOneAreProfiledWithoutIt() throws Exception {
        indexFeed();
        for (String query : List.of(
                "{\"function_score\": {\"query\": %s, \"weight\": 2}}".formatted(LOOKALIKE),
                "{\"script_score\": {\"query\": %s, \"script\": {\"source\": \"_score\"}}}".formatted(LOOKALIKE))) {
            assertEquals(scores(query), scores(profiled(query)));
        }
    }
}
