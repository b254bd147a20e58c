package org.opensearch.ralm.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.plugins.Plugin;

/** The query in every kind of request that takes one. */
public class SearchRequestTests extends IndexedFeedTestCase {

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(super.nodePlugins());
        plugins.add(ReindexModulePlugin.class);
        return plugins;
    }

    public void testEverySearchOfMultiSearchHasItsUser() throws Exception {
        indexFeed();
        StringBuilder lines = new StringBuilder();
        List<String> asked = List.of("u7", "u8", "u99");
        for (String user : asked) {
            lines.append("{\"index\": \"articles\"}\n{\"size\": 100, \"query\": ")
                    .append(LOOKALIKE.replace("u7", user))
                    .append("}\n");
        }
        Map<String, Object> response = call("POST", "/_msearch", lines.toString());
        assertScores(CANDIDATES, scores(response(response, 0)), (id, plain) -> plain);
        assertEquals(scores(LOOKALIKE.replace("u7", "u8")), scores(response(response, 1)));
        assertEquals(404, at(response, "responses.2.status"));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> response(Map<String, Object> multi, int number) {
        return (Map<String, Object>) at(multi, "responses." + number);
    }

    public void testScrollShowsEachHitOnceInOrder() throws Exception {
        indexFeed();
        Map<String, Double> all = new LinkedHashMap<>();
        Map<String, Object> page =
                call("POST", "/articles/_search?scroll=1m", "{\"size\": 7, \"query\": " + LOOKALIKE + "}");
        while (hits(page).isEmpty() == false) {
            scores(page).forEach((id, score) -> assertNull("twice: " + id, all.put(id, score)));
            page = call(
                    "POST",
                    "/_search/scroll",
                    "{\"scroll\": \"1m\", \"scroll_id\": \"" + page.get("_scroll_id") + "\"}");
        }
        call("DELETE", "/_search/scroll", "{\"scroll_id\": \"" + page.get("_scroll_id") + "\"}");
        assertEquals(ids(scores(LOOKALIKE)), ids(all));
        assertScores(CANDIDATES, all, (id, plain) -> plain);
    }

    public void testPointInTimeIsPagedToTheEndThoughSeedsChange() throws Exception {
        indexFeed();
        Object pit = call("POST", "/articles/_search/point_in_time?keep_alive=1m", null)
                .get("pit_id");
        Map<String, Double> all = new LinkedHashMap<>();
        String after = "";
        while (true) {
            Map<String, Object> page = call(
                    "POST",
                    "/_search",
                    """
                    {"size": 7, "query": %s, "pit": {"id": "%s", "keep_alive": "1m"}, "track_scores": true,
                     "sort": [{"_score": "desc"}, {"rank": "asc"}]%s}"""
                            .formatted(LOOKALIKE, pit, after));
            if (hits(page).isEmpty()) {
                break;
            }
            scores(page).forEach((id, score) -> assertNull("twice: " + id, all.put(id, score)));
            after = ", \"search_after\": "
                    + hits(page).get(hits(page).size() - 1).get("sort");
            put("/articles/_doc/a" + all.size() / 2 + "?pipeline=ralm&refresh=true", "{\"seed_users\": [\"u7\"]}");
        }
        call("DELETE", "/_search/point_in_time", "{\"pit_id\": [\"" + pit + "\"]}");
        assertScores(CANDIDATES, all, (id, plain) -> plain);
    }

    public void testPagesByFromAreThoseOfTheWhole() throws Exception {
        indexFeed();
        List<String> whole = ids(scores(LOOKALIKE));
        List<String> paged = new ArrayList<>();
        for (int from = 0; from < CANDIDATES; from += 9) {
            paged.addAll(ids(
                    scores(search("articles", "{\"size\": 9, \"from\": " + from + ", \"query\": " + LOOKALIKE + "}"))));
        }
        assertEquals(whole, paged);
    }

    public void testCollapseKeepsTheBestOfEach() throws Exception {
        indexFeed();
        String collapse = "{\"field\": \"lang\", \"inner_hits\": {\"name\": \"best\", \"size\": 3}}";
        List<Map<String, Object>> hits =
                hits(search("articles", "{\"query\": " + LOOKALIKE + ", \"collapse\": " + collapse + "}"));
        List<String> whole = ids(scores(LOOKALIKE));
        String best = whole.get(0);
        String other = whole.stream()
                .filter(id -> isEnglish(id) != isEnglish(best))
                .findFirst()
                .orElseThrow();
        assertEquals(
                List.of(best, other), hits.stream().map(hit -> hit.get("_id")).toList());
        List<Map<String, Object>> inner = hits(Map.of("hits", at(hits.get(0), "inner_hits.best.hits")));
        assertEquals(
                whole.stream()
                        .filter(id -> isEnglish(id) == isEnglish(best))
                        .limit(3)
                        .toList(),
                inner.stream().map(hit -> hit.get("_id")).toList());
        for (Map<String, Object> hit : inner) {
            assertEquals(expected.get(hit.get("_id")), score(hit), TOLERANCE);
        }
    }

    public void testMinimumScore() throws Exception {
        indexFeed();
        List<Double> whole = List.copyOf(scores(LOOKALIKE).values());
        double tenth = whole.get(9);
        Map<String, Double> best = scores(
                search("articles", "{\"size\": 100, \"min_score\": " + tenth + ", \"query\": " + LOOKALIKE + "}"));
        assertScores((int) whole.stream().filter(score -> score >= tenth).count(), best, (id, plain) -> plain);
    }

    public void testTerminateAfter() throws Exception {
        indexFeed();
        Map<String, Object> response =
                search("articles", "{\"size\": 100, \"terminate_after\": 3, \"query\": " + LOOKALIKE + "}");
        assertEquals(true, response.get("terminated_early"));
        assertScores(9, scores(response), (id, plain) -> plain);
    }

    public void testCount() throws Exception {
        indexFeed();
        put("/articles/_doc/unseeded?refresh=true", "{\"lang\": \"en\"}");
        String body = "{\"query\": " + LOOKALIKE + "}";
        assertEquals(CANDIDATES, call("POST", "/articles/_count", body).get("count"));
    }

    public void testExplanationIsOfTheScore() throws Exception {
        indexFeed();
        String boosted = "{\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u7\", \"boost\": 1.7}}";
        for (String query : List.of(
                LOOKALIKE,
                boosted,
                "{\"bool\": {\"must\": [%s, {\"match_all\": {}}]}}".formatted(boosted),
                "{\"function_score\": {\"query\": %s, \"weight\": 3}}".formatted(boosted))) {
            for (Map<String, Object> hit :
                    hits(search("articles", "{\"size\": 5, \"explain\": true, \"query\": " + query + "}"))) {
                assertEquals(hit.get("_score"), at(hit, "_explanation.value"));
                Map<String, Object> alone =
                        call("GET", "/articles/_explain/" + hit.get("_id"), "{\"query\": " + query + "}");
                assertEquals(hit.get("_score"), at(alone, "explanation.value"));
            }
        }
        put("/articles/_doc/unseeded?refresh=true", "{\"lang\": \"en\"}");
        Map<String, Object> none = call("GET", "/articles/_explain/unseeded", "{\"query\": " + LOOKALIKE + "}");
        assertEquals(false, none.get("matched"));
        assertTrue(none.toString(), none.toString().contains("no seed block in field [ralm.seeds]"));
    }

    public void testValidation() throws Exception {
        indexFeed();
        String path = "/articles/_validate/query";
        String body = "{\"query\": " + LOOKALIKE + "}";
        for (String options : List.of("", "?explain=true", "?rewrite=true", "?rewrite=true&all_shards=true")) {
            Map<String, Object> response = call("POST", path + options, body);
            assertEquals(response.toString(), true, response.get("valid"));
            if (options.isEmpty() == false) {
                String explanation = (String) at(response, "explanations.0.explanation");
                assertTrue(explanation, explanation.contains("ralm_score(") && explanation.contains("model: m1"));
            }
        }
        Map<String, Object> unknown = call("POST", path + "?explain=true", body.replace("u7", "u99"));
        assertEquals(unknown.toString(), false, unknown.get("valid"));
        assertTrue(unknown.toString(), unknown.toString().contains("user [u99] has no vector"));
    }

    public void testAliasesAndPatterns() throws Exception {
        indexFeed();
        call(
                "POST",
                "/_aliases",
                """
                {"actions": [{"add": {"index": "articles", "alias": "all"}},
                 {"add": {"index": "articles", "alias": "english", "filter": {"term": {"lang": "en"}}}}]}""");
        String body = "{\"size\": 100, \"query\": " + LOOKALIKE + "}";
        assertScores(CANDIDATES, scores(search("all", body)), (id, plain) -> plain);
        assertScores(CANDIDATES, scores(search("art*", body)), (id, plain) -> plain);
        assertScores(CANDIDATES / 2, scores(search("english", body)), (id, plain) -> plain);
    }

    public void testIndexWithoutTheFieldIsRefusedUnlessIgnored() throws Exception {
        indexFeed();
        put("/plain/_doc/p1?refresh=true", "{\"lang\": \"en\"}");
        String body = "{\"size\": 100, \"query\": " + LOOKALIKE + "}";
        assertRefused(400, "POST", "/plain/_search", body, "there is no field [ralm.seeds] in the mapping");
        Map<String, Object> partly = search("plain,articles", body);
        assertEquals(CANDIDATES, hits(partly).size());
        assertEquals("plain", at(partly, "_shards.failures.0.index"));
        assertTrue(at(partly, "_shards.failures.0.reason.reason").toString().contains("no field [ralm.seeds]"));
        String ignoring = body.replace("\"u7\"", "\"u7\", \"ignore_unmapped\": true");
        assertEquals(Map.of(), scores(search("plain", ignoring)));
        assertScores(CANDIDATES, scores(search("plain,articles", ignoring)), (id, plain) -> plain);
    }

    public void testOneSearchOverTheCandidatesOfTwoFeeds() throws Exception {
        indexFeed();
        createCandidates("videos", 1);
        createFeed("clips", "videos", "users", "m1");
        put("/_ingest/pipeline/ralm", "{\"processors\": [{\"ralm_seeds\": {\"feed\": \"clips\"}}]}");
        indexCandidates("videos", new Random(5));
        Map<String, Object> both = search("articles,videos", "{\"size\": 100, \"query\": " + LOOKALIKE + "}");
        assertEquals(2 * CANDIDATES, hits(both).size());
        for (Map<String, Object> hit : hits(both)) {
            assertEquals((1 + model.score(users.get(USER), block(hit)).score()) / 2, score(hit), TOLERANCE);
        }
        String boosted = "{\"indices_boost\": [{\"videos\": 3}], \"size\": 100, \"query\": " + LOOKALIKE + "}";
        Set<String> indices = new HashSet<>();
        for (Map<String, Object> hit : hits(search("articles,videos", boosted))) {
            indices.add((String) hit.get("_index"));
            double boost = hit.get("_index").equals("videos") ? 3 : 1;
            assertEquals(
                    boost * (1 + model.score(users.get(USER), block(hit)).score()) / 2, score(hit), TOLERANCE * boost);
        }
        assertEquals(Set.of("articles", "videos"), indices);
    }

    public void testUpdateAndDeleteByQuery() throws Exception {
        indexFeed();
        String english =
                """
                {"query": {"ralm_score": {"feed": "news", "user_id": "u7", "query": {"term": {"lang": "en"}}}}%s}""";
        Map<String, Object> updated = call(
                "POST",
                "/articles/_update_by_query?refresh=true",
                english.formatted(", \"script\": {\"source\": \"ctx._source.rank = 99\"}"));
        assertEquals(updated.toString(), CANDIDATES / 2, updated.get("updated"));
        assertScores(CANDIDATES, scores(LOOKALIKE), (id, plain) -> plain);
        Map<String, Object> deleted = call("POST", "/articles/_delete_by_query?refresh=true", english.formatted(""));
        assertEquals(deleted.toString(), CANDIDATES / 2, deleted.get("deleted"));
        Map<String, Double> left = scores(LOOKALIKE);
        assertScores(CANDIDATES / 2, left, (id, plain) -> plain);
        assertTrue(left.keySet().stream().noneMatch(IndexedFeedTestCase::isEnglish));
    }
}
