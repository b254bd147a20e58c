package org.opensearch.ralm.plugin;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** The query inside of others, and others inside of it. */
public class CompoundQueryTests extends IndexedFeedTestCase {

    private static final String ENGLISH = "{\"constant_score\": {\"filter\": {\"term\": {\"lang\": \"en\"}}}}";

    public void testBool() throws Exception {
        indexFeed();
        String must = "{\"bool\": {\"must\": [%s], \"should\": [%s]}}".formatted(LOOKALIKE, ENGLISH);
        assertScores(CANDIDATES, scores(must), (id, plain) -> plain + (isEnglish(id) ? 1 : 0));
        String both = "{\"bool\": {\"must\": [%s, %s]}}".formatted(LOOKALIKE, ENGLISH);
        assertScores(CANDIDATES / 2, scores(both), (id, plain) -> plain + 1);
        String should = "{\"bool\": {\"filter\": %s, \"should\": [%s]}}".formatted(ENGLISH, LOOKALIKE);
        assertScores(CANDIDATES / 2, scores(should), (id, plain) -> plain);
        String either = "{\"bool\": {\"should\": [%s, %s]}}".formatted(LOOKALIKE, ENGLISH);
        assertScores(CANDIDATES, scores(either), (id, plain) -> plain + (isEnglish(id) ? 1 : 0));
        assertScores(CANDIDATES, scores("{\"bool\": {\"filter\": [%s]}}".formatted(LOOKALIKE)), (id, plain) -> 0);
        assertEquals(
                0,
                scores("{\"bool\": {\"must_not\": [%s]}}".formatted(LOOKALIKE)).size());
    }

    public void testInnerQueryAndBoost() throws Exception {
        indexFeed();
        String query =
                """
                {"ralm_score": {"feed": "news", "user_id": "u7", "boost": 2.5,
                 "query": {"bool": {"filter": {"term": {"lang": "en"}}, "must_not": {"ids": {"values": ["a0"]}}}}}}""";
        assertScores(CANDIDATES / 2 - 1, scores(query), (id, plain) -> 2.5 * plain);
        String within = "{\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u7\", \"query\": %s}}".formatted(query);
        assertScores(CANDIDATES / 2 - 1, scores(within), (id, plain) -> plain);
    }

    public void testFunctionScore() throws Exception {
        indexFeed();
        String query =
                """
                {"function_score": {"query": %s, "boost_mode": "multiply", "functions": [
                 {"filter": {"term": {"lang": "en"}}, "weight": 3}]}}"""
                        .formatted(LOOKALIKE);
        assertScores(CANDIDATES, scores(query), (id, plain) -> (isEnglish(id) ? 3 : 1) * plain);
        String filter =
                """
                {"function_score": {"query": {"match_all": {}}, "functions": [{"filter": %s, "weight": 7}]}}"""
                        .formatted(LOOKALIKE);
        assertScores(CANDIDATES, scores(filter), (id, plain) -> 7);
    }

    public void testBoosting() throws Exception {
        indexFeed();
        String query =
                """
                {"boosting": {"positive": %s, "negative": {"term": {"lang": "en"}}, "negative_boost": 0.5}}"""
                        .formatted(LOOKALIKE);
        assertScores(CANDIDATES, scores(query), (id, plain) -> isEnglish(id) ? plain / 2 : plain);
    }

    public void testDisMax() throws Exception {
        indexFeed();
        String query = "{\"dis_max\": {\"tie_breaker\": 0.5, \"queries\": [%s, %s]}}".formatted(LOOKALIKE, ENGLISH);
        assertScores(CANDIDATES, scores(query), (id, plain) -> isEnglish(id) ? 1 + plain / 2 : plain);
    }

    public void testConstantScore() throws Exception {
        indexFeed();
        String query = "{\"constant_score\": {\"boost\": 4, \"filter\": %s}}".formatted(LOOKALIKE);
        assertScores(CANDIDATES, scores(query), (id, plain) -> 4);
    }

    public void testWrapper() throws Exception {
        indexFeed();
        String wrapped = Base64.getEncoder().encodeToString(LOOKALIKE.getBytes(StandardCharsets.UTF_8));
        assertScores(CANDIDATES, scores("{\"wrapper\": {\"query\": \"" + wrapped + "\"}}"), (id, plain) -> plain);
    }

    public void testScriptScoreOfIt() throws Exception {
        indexFeed();
        String query =
                """
                {"script_score": {"query": %s, "script": {"source": "_score * 2 + doc['rank'].value"}}}"""
                        .formatted(LOOKALIKE);
        assertScores(CANDIDATES, scores(query), (id, plain) -> 2 * plain + Integer.parseInt(id.substring(1)));
    }

    public void testRescore() throws Exception {
        indexFeed();
        String body =
                """
                {"size": 100, "query": %s, "rescore": {"window_size": 100, "query": {
                 "query_weight": 1, "rescore_query_weight": 2, "rescore_query": %s}}}""";
        assertScores(
                CANDIDATES,
                scores(search("articles", body.formatted("{\"match_all\": {}}", LOOKALIKE))),
                (id, plain) -> 1 + 2 * plain);
        assertScores(
                CANDIDATES,
                scores(search("articles", body.formatted(LOOKALIKE, ENGLISH))),
                (id, plain) -> plain + (isEnglish(id) ? 2 : 0));
    }

    public void testNamedQueriesHaveScores() throws Exception {
        indexFeed();
        String query =
                """
                {"bool": {"must": [{"ralm_score": {"feed": "news", "user_id": "u7", "boost": 2, "_name": "alike",
                 "query": {"match_all": {"_name": "all"}}}}], "should": [{"term": {"lang": {"value": "en", "_name": "en"}}}]}}""";
        Map<String, Object> response = call(
                "POST",
                "/articles/_search?include_named_queries_score=true",
                "{\"size\": 100, \"query\": " + query + "}");
        assertEquals(CANDIDATES, hits(response).size());
        for (Map<String, Object> hit : hits(response)) {
            String id = (String) hit.get("_id");
            Map<?, ?> matched = (Map<?, ?>) hit.get("matched_queries");
            assertEquals(isEnglish(id), matched.containsKey("en"));
            assertEquals(1.0, matched.get("all"));
            assertEquals(2 * expected.get(id), ((Number) matched.get("alike")).doubleValue(), TOLERANCE);
        }
        for (Map<String, Object> hit : hits(search("articles", "{\"size\": 100, \"query\": " + query + "}"))) {
            assertTrue(hit.toString(), ((List<?>) hit.get("matched_queries")).containsAll(List.of("alike", "all")));
        }
    }

    public void testWordsOfTheInnerQueryAreHighlighted() throws Exception {
        indexFeed();
        Map<String, Object> response = search(
                "articles",
                """
                {"query": {"ralm_score": {"feed": "news", "user_id": "u7", "query": {"match": {"title": "17"}}}},
                 "highlight": {"fields": {"title": {}}}}""");
        assertEquals(1, hits(response).size());
        assertEquals("article number <em>17</em>", at(hits(response).get(0), "highlight.title.0"));
    }

    public void testAggregationsOverItAndOfIt() throws Exception {
        indexFeed();
        Map<String, Object> response = search(
                "articles",
                """
                {"size": 0, "query": %s, "aggs": {"langs": {"terms": {"field": "lang"}, "aggs": {
                   "best": {"top_hits": {"size": 1, "_source": false}}}},
                 "alike": {"filter": %s}}}"""
                        .formatted(LOOKALIKE, LOOKALIKE));
        assertEquals(CANDIDATES, at(response, "aggregations.alike.doc_count"));
        List<?> buckets = (List<?>) at(response, "aggregations.langs.buckets");
        assertEquals(2, buckets.size());
        for (int b = 0; b < 2; b++) {
            String path = "aggregations.langs.buckets." + b;
            boolean english = "en".equals(at(response, path + ".key"));
            double best = expected.entrySet().stream()
                    .filter(entry -> isEnglish(entry.getKey()) == english)
                    .mapToDouble(Map.Entry::getValue)
                    .max()
                    .orElseThrow();
            assertEquals(CANDIDATES / 2, at(response, path + ".doc_count"));
            assertEquals(best, ((Number) at(response, path + ".best.hits.hits.0._score")).doubleValue(), TOLERANCE);
        }
    }
}
