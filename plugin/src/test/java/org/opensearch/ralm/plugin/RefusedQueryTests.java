package org.opensearch.ralm.plugin;

import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** Where the query cannot work it is refused with a 400 that tells why. */
@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class RefusedQueryTests extends IndexedFeedTestCase {

    private static final String REASON = "cannot be stored";

    public void testFiltersOfAliases() throws Exception {
        indexFeed();
        String byVector = "{\"ralm_score\": {\"field\": \"ralm.seeds\", \"model\": \"m1\", \"user_vector\": "
                + json(users.get(USER)) + "}}";
        for (String query : new String[] {LOOKALIKE, byVector, "{\"bool\": {\"filter\": " + LOOKALIKE + "}}"}) {
            String alias = "{\"alike\": {\"filter\": " + query + "}}";
            assertRefused(
                    400,
                    "POST",
                    "/_aliases",
                    "{\"actions\": [{\"add\": {\"index\": \"articles\", \"alias\": \"alike\", \"filter\": " + query
                            + "}}]}",
                    "failed to parse filter for alias [alike]",
                    REASON);
            assertRefused(400, "PUT", "/articles/_alias/alike", "{\"filter\": " + query + "}", REASON);
            assertRefused(400, "PUT", "/others", "{\"aliases\": " + alias + "}", REASON);
            assertRefused(
                    400,
                    "PUT",
                    "/_index_template/others",
                    "{\"index_patterns\": [\"others*\"], \"template\": {\"aliases\": " + alias + "}}",
                    REASON);
        }
    }

    public void testExpensiveQueries() throws Exception {
        indexFeed();
        put("/_cluster/settings", "{\"transient\": {\"search.allow_expensive_queries\": false}}");
        try {
            String reason =
                    "[ralm_score] queries cannot be executed when 'search.allow_expensive_queries' is set to false.";
            String body = "{\"query\": " + LOOKALIKE + "}";
            assertRefused(400, "POST", "/articles/_search", body, reason);
            assertRefused(400, "POST", "/articles/_count", body, reason);
            assertRefused(
                    400,
                    "POST",
                    "/articles/_search",
                    "{\"query\": {\"bool\": {\"should\": [{\"match_all\": {}}, " + LOOKALIKE + "]}}}",
                    reason);
            assertRefused(
                    400,
                    "POST",
                    "/articles/_search",
                    "{\"rescore\": {\"query\": {\"rescore_query\": " + LOOKALIKE + "}}}",
                    reason);
        } finally {
            put("/_cluster/settings", "{\"transient\": {\"search.allow_expensive_queries\": null}}");
        }
        assertScores(CANDIDATES, scores(LOOKALIKE), (id, plain) -> plain);
    }
}
