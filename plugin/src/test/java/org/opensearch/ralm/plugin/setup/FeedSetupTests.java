package org.opensearch.ralm.plugin.setup;

import java.util.List;
import java.util.Map;
import org.junit.After;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class FeedSetupTests extends RalmIntegTestCase {

    private static final String SETUP = "/_plugins/_ralm/feeds/news/_setup";

    /** The framework deletes indices only. */
    @After
    public void deletePipelines() throws Exception {
        call("DELETE", "/_ingest/pipeline/*", null);
    }

    private static void createFeed(String more) throws Exception {
        upload(artifact("m1", 1));
        put(
                "/_plugins/_ralm/feeds/news",
                "{\"candidates\": \"articles\", \"users\": \"users\", \"model\": \"m1\"" + more + "}");
    }

    private static Object mapping(String index) throws Exception {
        return at(get("/" + index + "/_mapping"), index + ".mappings");
    }

    public void testWhatIsMadeWorksFromClickToCandidate() throws Exception {
        createFeed(", \"clicks\": \"clicks\"");
        Map<String, Object> made = call("POST", SETUP, "{\"number_of_shards\": 2, \"number_of_replicas\": 0}");
        assertEquals(
                Map.of(
                        "feed", "news",
                        "created", List.of("ralm-news-candidates", "ralm-news-clicks", "articles", "clicks", "users"),
                        "updated", List.of()),
                made);
        Map<String, Object> settings = get("/clicks/_settings?flat_settings=true");
        assertEquals("2", setting(settings, "index.number_of_shards"));
        assertEquals("0", setting(settings, "index.number_of_replicas"));
        assertEquals("30s", setting(settings, "index.refresh_interval"));
        put("/users/_doc/u1", "{\"model\": \"m1\", \"vector\": [1, 0, 0, 0, 0, 0, 0, 0]}");
        bulk(
                """
                {"index": {"_index": "articles", "_id": "a"}}
                {"title": "A"}
                {"index": {"_index": "clicks"}}
                {"candidate": "a", "user": "u1"}
                """);
        assertEquals("m1", at(get("/clicks/_doc/a:u1?routing=a"), "_source.model"));
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertEquals(1, at(get("/articles/_doc/a"), "_source.ralm.seed_count"));
        assertEquals(8, at(get("/articles/_mapping"), "articles.mappings.properties.ralm.properties.seeds.dimension"));
    }

    private static Object setting(Map<String, Object> settings, String name) {
        return ((Map<?, ?>) at(settings, "clicks.settings")).get(name);
    }

    public void testSecondTimeChangesNothing() throws Exception {
        createFeed(", \"clicks\": \"clicks\"");
        call("POST", SETUP, null);
        Object before = mapping("clicks");
        assertEquals(Map.of("feed", "news", "created", List.of(), "updated", List.of()), call("POST", SETUP, "{}"));
        assertEquals(before, mapping("clicks"));
    }

    public void testFeedWithoutClicksNeedsNoIndexOfThem() throws Exception {
        createFeed(", \"field\": \"look.seeds\"");
        assertEquals(
                List.of("ralm-news-candidates", "articles", "users"),
                call("POST", SETUP, null).get("created"));
        put("/users/_doc/u1", "{\"model\": \"m1\", \"vector\": [1, 0, 0, 0, 0, 0, 0, 0]}");
        bulk(
                """
                {"index": {"_index": "articles", "_id": "a"}}
                {"seed_users": ["u1"]}
                """);
        assertEquals(1, at(get("/articles/_doc/a"), "_source.look.seed_count"));
    }

    public void testIndicesThatAreThereAreGivenWhatTheyLack() throws Exception {
        createCandidates("articles", 1);
        put(
                "/clicks",
                """
                {"mappings": {"_routing": {"required": true}, "properties": {"candidate": {"type": "keyword"},
                 "page": {"type": "integer"}}}}""");
        indexUsers("users", "m1", 1, 1);
        Object users = mapping("users");
        createFeed("");
        put("/_ingest/pipeline/ralm-news-candidates", "{\"processors\": []}");
        put(
                "/_plugins/_ralm/feeds/news",
                """
                {"candidates": "articles", "clicks": "later", "users": "users", "model": "m1"}""");
        call("POST", "/_aliases", "{\"actions\": [{\"add\": {\"index\": \"clicks\", \"alias\": \"later\"}}]}");
        Map<String, Object> made = call("POST", SETUP, null);
        assertEquals(List.of("ralm-news-clicks"), made.get("created"));
        assertEquals(List.of("articles", "later"), made.get("updated"));
        assertEquals(
                "keyword", at(get("/articles/_mapping"), "articles.mappings.properties.ralm.properties.state.type"));
        assertEquals("keyword", at(get("/articles/_mapping"), "articles.mappings.properties.lang.type"));
        assertEquals(true, at(get("/clicks/_mapping"), "clicks.mappings.properties.vector.doc_values"));
        assertEquals("integer", at(get("/clicks/_mapping"), "clicks.mappings.properties.page.type"));
        assertEquals(users, mapping("users"));
        assertEquals(List.of(), at(get("/_ingest/pipeline/ralm-news-candidates"), "ralm-news-candidates.processors"));
    }

    public void testIndicesThatDoNotFitAreLeftAlone() throws Exception {
        createFeed(", \"clicks\": \"clicks\"");
        put("/clicks", "{\"mappings\": {\"properties\": {\"candidate\": {\"type\": \"keyword\"}}}}");
        assertRefused(400, "POST", SETUP, null, "index [clicks] has [_routing.required] false");
        call("DELETE", "/clicks", null);
        put(
                "/clicks",
                "{\"mappings\": {\"_routing\": {\"required\": true}, \"properties\": {\"user\": {\"type\": \"text\"}}}}");
        Object before = mapping("clicks");
        assertRefused(
                400,
                "POST",
                SETUP,
                null,
                "index [clicks] has field [user] of type [text], expected one of type [keyword]");
        assertEquals(before, mapping("clicks"));
        assertRefused(404, "GET", "/articles", null, "no such index");
        assertRefused(404, "GET", "/_ingest/pipeline/ralm-news-clicks", null);
        call("DELETE", "/clicks", null);
        put(
                "/articles",
                """
                {"mappings": {"properties": {"ralm": {"properties": {"seeds": {"type": "ralm_seeds", "dimension": 9}}}}}}""");
        assertRefused(400, "POST", SETUP, null, "field [ralm.seeds] of [articles] has dimension 9");
    }

    public void testRecallIsNotAddedToAnIndexThatKeepsNoGraphs() throws Exception {
        createFeed("");
        call("POST", SETUP, null);
        Object before = mapping("articles");
        assertRefused(400, "POST", SETUP, "{\"recall\": true}", "[recall] needs [index.knn] of index [articles]");
        assertEquals(before, mapping("articles"));
        assertRefused(400, "POST", SETUP, "{\"recall\": \"yes\"}", "[recall] must be true or false, but is [yes]");
    }

    public void testFaultsOfSetups() throws Exception {
        createFeed(", \"field\": \"a.b.seeds\"");
        assertRefused(404, "POST", "/_plugins/_ralm/feeds/olds/_setup", null, "feed [olds] does not exist");
        assertRefused(400, "POST", SETUP, null, "such as [ralm.seeds], but that of feed [news] is [a.b.seeds]");
        assertRefused(400, "POST", SETUP, "[]", "the body must be a JSON object");
        assertRefused(400, "POST", SETUP, "{\"x\": 1}", "[x] is not a known member of a setup");
        assertRefused(
                400,
                "POST",
                SETUP,
                "{\"number_of_shards\": 0}",
                "[number_of_shards] must be an integer from 1 to 1024, but is [0]");
        assertRefused(400, "POST", SETUP, "{\"number_of_shards\": 1025}", "but is [1025]");
        assertRefused(400, "POST", SETUP, "{\"number_of_shards\": 1.5}", "but is [1.5]");
        assertRefused(
                400,
                "POST",
                SETUP,
                "{\"number_of_replicas\": -1}",
                "[number_of_replicas] must be an integer from 0 to 100, but is [-1]");
        assertRefused(400, "POST", SETUP, "{\"number_of_replicas\": null}", "but is [null]");
    }
}
