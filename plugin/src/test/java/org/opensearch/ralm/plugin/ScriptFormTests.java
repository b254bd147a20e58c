package org.opensearch.ralm.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.opensearch.client.ResponseException;
import org.opensearch.plugins.Plugin;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** Scores by the script: those of the query, with a vector or, where a pipeline looks it up, for a user. */
@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class ScriptFormTests extends IndexedFeedTestCase {

    private static final String FOR_USER = "\"user_id\": \"u7\"";

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(super.nodePlugins());
        plugins.add(RefusingPlugin.class);
        return plugins;
    }

    private static String script(String parameters) {
        return "{\"lang\": \"ralm\", \"source\": \"ralm_score\", \"params\": {" + parameters + "}}";
    }

    private static String scripted(String parameters) {
        return "{\"script_score\": {\"query\": {\"exists\": {\"field\": \"ralm.seeds\"}}, \"script\": "
                + script(parameters) + "}}";
    }

    private static void pipeline(String feed) throws Exception {
        put("/_search/pipeline/for-user", "{\"request_processors\": [{\"ralm_user\": {\"feed\": \"" + feed + "\"}}]}");
    }

    private static void assertPipelineScores(String expectedQuery, String body) throws Exception {
        assertEquals(scores(expectedQuery), scores(call("POST", "/articles/_search?search_pipeline=for-user", body)));
    }

    private static String body(String query) {
        return "{\"size\": 100, \"query\": " + query + "}";
    }

    public void testScriptAndQueryGiveEqualScores() throws Exception {
        indexFeed();
        Random random = new Random(6);
        for (int i = 0; i < 10; i++) {
            String members = "\"field\": \"ralm.seeds\", \"model\": \"m1\", \"user_vector\": "
                    + json(TestModels.unitVector(DIMENSION, random));
            for (String more : List.of(
                    "",
                    ", \"score\": \"probability\"",
                    ", \"alpha\": 1.5, \"beta\": 0.25, \"score\": \"similarity\"")) {
                String query = "{\"ralm_score\": {" + members + more + "}}";
                assertEquals(CANDIDATES, scores(query).size());
                assertEquals(scores(query), scores(scripted(members + more)));
            }
        }
    }

    public void testExplanationIsOfTheScore() throws Exception {
        indexFeed();
        String script =
                scripted("\"field\": \"ralm.seeds\", \"model\": \"m1\", \"user_vector\": " + json(users.get(USER)));
        for (Map<String, Object> hit : hits(search("articles", "{\"explain\": true, \"query\": " + script + "}"))) {
            assertEquals((float) score(hit), ((Number) at(hit, "_explanation.value")).floatValue(), 0);
            assertTrue(hit.toString(), hit.toString().contains("ralm_score under model [m1]: raw score"));
        }
    }

    public void testPipelineGivesScriptsTheVectorOfTheUser() throws Exception {
        indexFeed();
        pipeline("news");
        assertPipelineScores(LOOKALIKE, body(scripted(FOR_USER)));
        assertPipelineScores(LOOKALIKE, body(scripted(FOR_USER + ", \"feed\": \"news\"")));
        assertPipelineScores(
                LOOKALIKE.replace("\"u7\"", "\"u7\", \"score\": \"probability\", \"alpha\": 0.9"),
                body(scripted(FOR_USER + ", \"score\": \"probability\", \"alpha\": 0.9")));
        assertPipelineScores(
                "{\"bool\": {\"should\": [%s, %s]}}".formatted(LOOKALIKE, LOOKALIKE.replace("u7", "u8")),
                body("{\"bool\": {\"should\": [%s, %s]}}"
                        .formatted(scripted(FOR_USER), scripted("\"user_id\": \"u8\""))));
        assertPipelineScores(
                LOOKALIKE,
                body(
                        """
                        {"function_score": {"query": {"exists": {"field": "ralm.seeds"}}, "boost_mode": "replace",
                         "functions": [{"script_score": {"script": %s}}]}}"""
                                .formatted(script(FOR_USER))));
        assertPipelineScores(
                LOOKALIKE,
                """
                {"size": 100, "rescore": [{"window_size": 100, "query": {"query_weight": 0, "rescore_query": %s}}]}"""
                        .formatted(scripted(FOR_USER)));
        assertPipelineScores(LOOKALIKE, body(scripted(FOR_USER + ", \"missing_user\": \"global\"")));
        put("/articles/_settings", "{\"index.search.default_pipeline\": \"for-user\"}");
        assertEquals(scores(LOOKALIKE), scores(scripted(FOR_USER)));
        assertEquals(CANDIDATES, hits(search("articles", "{\"size\": 100}")).size());
        assertScores(CANDIDATES, scores(LOOKALIKE), (id, plain) -> plain);
    }

    public void testFaultsAreThoseOfTheQuery() throws Exception {
        indexFeed();
        pipeline("news");
        String path = "/articles/_search?search_pipeline=for-user";
        assertRefused(400, "POST", "/articles/_search", body(scripted(FOR_USER)), "[ralm_score] is missing");
        assertRefused(
                404,
                "POST",
                path,
                body(scripted("\"user_id\": \"u99\"")),
                "user [u99] has no vector in users index [users]");
        assertRefused(
                400, "POST", path, body(scripted(FOR_USER + ", \"alpha\": -1")), "[alpha] must be a number from 0");
        assertRefused(
                400,
                "POST",
                path,
                body(scripted(FOR_USER + ", \"feed\": \"olds\"")),
                "cannot look up the user of a feed");
        assertRefused(
                400,
                "POST",
                path,
                body(scripted("\"user_id\": \"u99\", \"missing_user\": \"empty\"")),
                "[missing_user] of a [ralm] script must be one of [error, global], but is [empty]");
        pipeline("olds");
        assertRefused(404, "POST", path, body(scripted(FOR_USER)), "feed [olds] does not exist");
        assertRefused(
                400,
                "PUT",
                "/_search/pipeline/x",
                "{\"request_processors\": [{\"ralm_user\": {}}]}",
                "[feed] required property is missing");
    }

    public void testVectorIsReadAsTheUserWhoSearches() throws Exception {
        indexFeed();
        pipeline("news");
        ResponseException e = expectThrows(
                ResponseException.class,
                () -> callWithout(
                        "indices:data/read/get",
                        "users",
                        "POST",
                        "/articles/_search?search_pipeline=for-user",
                        body(scripted(FOR_USER))));
        assertEquals(403, e.getResponse().getStatusLine().getStatusCode());
    }
}
