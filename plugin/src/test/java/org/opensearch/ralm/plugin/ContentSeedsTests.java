package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** The way of a candidate from its content to its seeds, over HTTP. */
@ClusterScope(numDataNodes = 2, supportsDedicatedMasters = false)
public class ContentSeedsTests extends RalmIntegTestCase {

    private static final String FEED =
            """
            {"candidates": "articles", "clicks": "clicks", "users": "users", "model": "%s", "k": 4, "min_seeds": 3,
             "content_fields": [%s], "refresh_interval": "1h", "recluster_interval": "1h"}""";

    private static void feed(String model, String fields) throws IOException {
        put("/_plugins/_ralm/feeds/news", FEED.formatted(model, fields));
    }

    private static void click(String candidate, String user) throws IOException {
        call(
                "POST",
                "/clicks/_doc?pipeline=ralm-news-clicks",
                "{\"candidate\": \"%s\", \"user\": \"%s\"}".formatted(candidate, user));
    }

    private static void refresh() throws IOException {
        assertEquals(0, at(call("POST", "/_plugins/_ralm/feeds/news/_refresh", null), "_nodes.failed"));
    }

    private static List<Map<String, Object>> scored() throws IOException {
        call("POST", "/articles/_refresh", null);
        return hits(search("articles", "{\"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u1\"}}}"));
    }

    private static void assertState(String state, int seeds) throws IOException {
        Map<String, Object> article = get("/articles/_doc/a");
        assertEquals(state, at(article, "_source.ralm.state"));
        assertEquals(seeds, at(article, "_source.ralm.seed_count"));
        Map<String, Object> shown = get("/_plugins/_ralm/candidates/news/a");
        assertEquals(state, shown.get("state"));
        assertEquals(seeds, shown.get("seed_count"));
    }

    public void testACandidateIsScoredByItsContentUntilItHasSeedsEnough() throws Exception {
        LookalikeModel model = upload(TestModels.withContent(artifact("m1", 1), "tags", "year"));
        Map<String, float[]> users = indexUsers("users", "m1", 10, 3);
        feed("m1", "\"tags\", \"year\"");
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        assertEquals(List.of("tags", "year"), at(get("/_plugins/_ralm/feeds/news"), "content_fields"));
        SeedBlock pseudo = model.pseudoSeedBlock(Map.of("tags", List.of("cats", "dogs"), "year", List.of("1994")))
                .orElseThrow();

        put("/articles/_doc/unknown", "{\"lang\": \"en\"}");
        put("/articles/_doc/a", "{\"tags\": [\"cats\", \"dogs\"], \"year\": 1994}");
        assertEquals(pseudo, block(get("/articles/_doc/a")));
        assertState("content", 0);
        assertEquals(List.of(), get("/_plugins/_ralm/candidates/news/a").get("clusters"));
        assertEquals(1, scored().size());
        double expected = (1 + model.score(users.get("u1"), pseudo).score()) / 2;
        assertEquals(expected, ((Number) scored().get(0).get("_score")).doubleValue(), 1e-5);

        click("a", "u1");
        click("a", "u2");
        refresh();
        assertEquals(pseudo, block(get("/articles/_doc/a")));
        assertState("content", 2);

        put("/articles/_doc/a", "{\"tags\": \"birds\"}");
        assertState("content", 2);
        assertEquals(
                model.pseudoSeedBlock(Map.of("tags", List.of("birds"))).orElseThrow(), block(get("/articles/_doc/a")));

        click("a", "u3");
        refresh();
        assertState("warm", 3);
        assertEquals(3, block(get("/articles/_doc/a")).clusters().seeds());
    }

    public void testAnotherModelsPseudoSeedsTakeThePlaceOfTheOldOnes() throws Exception {
        upload(TestModels.withContent(artifact("m1", 1), "tags"));
        LookalikeModel second = upload(TestModels.withContent(artifact("m2", 2), "tags"));
        indexUsers("users", "m1", 10, 3);
        feed("m1", "\"tags\"");
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        put("/articles/_doc/a", "{\"tags\": \"cats\"}");
        feed("m2", "\"tags\"");
        SeedBlock expected =
                second.pseudoSeedBlock(Map.of("tags", List.of("cats"))).orElseThrow();

        assertBusy(() -> {
            refresh();
            assertEquals(expected, block(get("/articles/_doc/a")));
            assertEquals("content", at(get("/articles/_doc/a"), "_source.ralm.state"));
        });
    }

    public void testPseudoSeedsGoWhenTheFeedNoLongerNamesContentFields() throws Exception {
        upload(TestModels.withContent(artifact("m1", 1), "tags"));
        indexUsers("users", "m1", 10, 3);
        feed("m1", "\"tags\"");
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        put("/articles/_doc/a", "{\"tags\": \"cats\"}");
        put("/articles/_doc/unclicked", "{\"tags\": \"cats\"}");
        click("a", "u1");
        click("a", "u2");
        refresh();
        assertState("content", 2);
        feed("m1", "");

        assertBusy(() -> {
            refresh();
            assertState("cold", 2);
            Map<String, Object> unclicked = get("/articles/_doc/unclicked");
            assertEquals("cold", at(unclicked, "_source.ralm.state"));
            assertNull(at(unclicked, "_source.ralm.seeds"));
        });
        assertEquals(2, block(get("/articles/_doc/a")).clusters().seeds());
        assertEquals(1, scored().size());
    }

    public void testContentFieldsMustBeThoseOfTheModel() throws Exception {
        upload(artifact("plain", 1));
        upload(TestModels.withContent(artifact("m1", 1), "tags", "year"));
        String path = "/_plugins/_ralm/feeds/news";
        assertRefused(
                400,
                "PUT",
                path,
                FEED.formatted("plain", "\"tags\""),
                "[content_fields] needs a model with a content model, but [plain] has none");
        assertRefused(
                400,
                "PUT",
                path,
                FEED.formatted("m1", "\"genres\""),
                "[content_fields] names [genres], but the content model of [m1] knows [tags, year]");
        for (String wrong : List.of("\"tags\", \"tags\"", "7", "\"\"", "null")) {
            assertRefused(
                    400,
                    "PUT",
                    path,
                    FEED.formatted("m1", wrong),
                    "[content_fields] must be an array of at most 32 distinct names of fields");
        }
    }

    public void testADocumentWithObjectsInAContentFieldIsRefused() throws Exception {
        upload(TestModels.withContent(artifact("m1", 1), "tags"));
        indexUsers("users", "m1", 3, 3);
        feed("m1", "\"tags\"");
        call("POST", "/_plugins/_ralm/feeds/news/_setup", null);
        assertRefused(
                400,
                "PUT",
                "/articles/_doc/a",
                "{\"tags\": {\"name\": \"cats\"}}",
                "content field [tags] must be a text, a number, true or false, or an array of these");
    }
}
