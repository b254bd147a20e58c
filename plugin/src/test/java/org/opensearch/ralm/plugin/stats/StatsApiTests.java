package org.opensearch.ralm.plugin.stats;

import java.util.Map;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 1, numClientNodes = 0, supportsDedicatedMasters = false)
public class StatsApiTests extends RalmIntegTestCase {

    private static long stat(String name) throws Exception {
        Map<String, Object> nodes = nodes("/" + name);
        assertEquals(1, nodes.size());
        return ((Number) ((Map<?, ?>) nodes.values().iterator().next()).get(name)).longValue();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> nodes(String path) throws Exception {
        return (Map<String, Object>) get("/_plugins/_ralm/stats" + path).get("nodes");
    }

    public void testWhatHappensIsCounted() throws Exception {
        ModelArtifact artifact = artifact("m1", 1);
        upload(artifact);
        createCandidates("articles", 1);
        indexUsers("users", "m1", 5, 3);
        createFeed("news", "articles", "users", "m1");
        createPipeline("news");
        assertEquals(0, stat("ingested_documents"));
        put("/articles/_doc/a?pipeline=ralm&refresh=true", "{\"seed_users\": [\"u1\", \"u2\", \"ghost\"]}");
        assertRefused(400, "PUT", "/articles/_doc/b?pipeline=ralm", "{\"seed_users\": 1}", "[seed_users]");
        assertEquals(2, stat("ingested_documents"));
        assertEquals(1, stat("ingest_failures"));
        assertEquals(2, stat("seeds_added"));
        assertEquals(1, stat("unknown_users"));
        search("articles", "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\"}}}");
        assertEquals(1, stat("queries"));
        assertEquals(1, stat("query_phases"));
        long nanos = stat("query_nanos");
        assertTrue(nanos > 0);
        search("articles", "{\"query\": {\"match_all\": {}}}");
        assertEquals("searches without ralm_score are not timed", 1, stat("query_phases"));
        search(
                "articles",
                """
                {"query": {"bool": {"must": {"match_all": {}},
                 "should": {"ralm_score": {"feed": "news", "user_id": "u1"}}}}}""");
        search(
                "articles",
                """
                {"query": {"match_all": {}},
                 "rescore": {"window_size": 10, "query":
                  {"rescore_query": {"ralm_score": {"feed": "news", "user_id": "u1"}}}}}""");
        assertEquals(3, stat("query_phases"));
        assertTrue(stat("query_nanos") > nanos);
        assertEquals(0, stat("cold_candidates"));
        assertTrue(stat("model_cache_bytes") > 0);
        assertTrue(stat("model_cache_hits") > 0);

        upload(artifact("m2", 2));
        indexUsers("users-m2", "m2", 5, 3);
        createFeed("news", "articles", "users-m2", "m2");
        search("articles", "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\"}}}");
        assertEquals(1, stat("cold_candidates"));
    }

    public void testAllOrSomeAreShown() throws Exception {
        assertEquals(
                Stat.values().length + 1,
                ((Map<?, ?>) nodes("").values().iterator().next()).size());
        Map<?, ?> some =
                (Map<?, ?>) nodes("/queries,scripts").values().iterator().next();
        assertEquals(3, some.size());
        assertTrue(some.containsKey("name") && some.containsKey("queries") && some.containsKey("scripts"));
    }
}
