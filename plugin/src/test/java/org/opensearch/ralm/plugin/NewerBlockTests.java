package org.opensearch.ralm.plugin;

import java.util.Base64;
import java.util.Map;
import org.opensearch.client.ResponseException;

/** A candidate whose block a newer build has stored is cold, and breaks nothing. */
public class NewerBlockTests extends IndexedFeedTestCase {

    public void testACandidateWithANewerBlockIsColdUntilItIsWrittenAgain() throws Exception {
        indexFeed();
        Map<String, Object> article = get("/articles/_doc/a1");
        byte[] block = Base64.getDecoder().decode((String) at(article, "_source.ralm.seeds"));
        block[0] = 2;
        put(
                "/articles/_doc/a1?refresh=true",
                "{\"seed_users\": [\"u1\", \"u2\"], \"ralm\": {\"seeds\": \""
                        + Base64.getEncoder().encodeToString(block) + "\"}}");
        expected.remove("a1");
        assertScores(CANDIDATES - 1, scores(LOOKALIKE), (id, plain) -> plain);
        String explained = call("GET", "/articles/_explain/a1", "{\"query\": " + LOOKALIKE + "}")
                .toString();
        assertTrue(explained, explained.contains("is of version 2, which only a newer build of the plugin reads"));
        ResponseException e = expectThrows(
                ResponseException.class,
                () -> search("users", "{\"query\": {\"ralm_audience\": {\"feed\": \"news\", \"candidate\": \"a1\"}}}"));
        assertEquals(400, e.getResponse().getStatusLine().getStatusCode());
        assertTrue(e.getMessage(), e.getMessage().contains("version 2 is not known, expected 1"));
        put("/articles/_doc/a1?pipeline=ralm&refresh=true", "{\"seed_users\": [\"u1\", \"u2\", \"u3\"]}");
        assertTrue(scores(LOOKALIKE).containsKey("a1"));
        assertEquals(3, at(get("/articles/_doc/a1"), "_source.ralm.seed_count"));
    }
}
