package org.opensearch.ralm.plugin;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** Every fault of a request is answered with a 4xx that names it. */
@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class BadRequestTests extends RalmIntegTestCase {

    private LookalikeModel model;
    private Map<String, float[]> users;

    private void indexFeed() throws Exception {
        model = upload(artifact("m1", 1));
        createCandidates("articles", 1);
        users = indexUsers("users", "m1", 5, 3);
        createFeed("news", "articles", "users", "m1");
        createPipeline("news");
        put("/articles/_doc/a1?pipeline=ralm&refresh=true", "{\"seed_users\": [\"u1\", \"u2\"]}");
    }

    private void assertQueryRefused(int status, String members, String... said) throws Exception {
        String body = "{\"query\": {\"ralm_score\": {" + members + "}}}";
        assertRefused(status, "POST", "/articles/_search", body, said);
    }

    private void assertScriptRefused(String parameters, String... said) throws Exception {
        String body =
                """
                {"query": {"script_score": {"query": {"match_all": {}},
                 "script": {"lang": "ralm", "source": "ralm_score", "params": {%s}}}}}"""
                        .formatted(parameters);
        assertRefused(400, "POST", "/articles/_search", body, said);
    }

    private String vector() {
        return "\"field\": \"ralm.seeds\", \"user_vector\": " + json(users.get("u1"));
    }

    private void assertFaultsOfPopularityRefused(String user) throws Exception {
        String popularity = user + ", \"popularity\": ";
        assertQueryRefused(400, popularity + "\"clicks\"", "[popularity] must be an object, but is [clicks]");
        assertQueryRefused(400, popularity + "{}", "[popularity.field] of [ralm_score] is missing");
        assertQueryRefused(400, popularity + "{\"field\": 7}", "[popularity.field] must be a string");
        assertQueryRefused(400, popularity + "{\"field\": \"n\", \"w\": 1}", "[popularity.w] is not a known member");
        assertQueryRefused(
                400, popularity + "{\"field\": \"n\", \"weight\": -1}", "[popularity.weight] must be a number", "[-1]");
        assertQueryRefused(400, popularity + "{\"field\": \"n\"}", "but there is no such field in the mapping");
        assertQueryRefused(
                400, popularity + "{\"field\": \"lang\"}", "must be a field of numbers", "[lang] has type [keyword]");
        assertQueryRefused(
                400,
                popularity + "{\"field\": \"ralm.seed_count\"}, \"score\": \"probability\"",
                "[score] must not be [probability] beside [popularity]");
        assertScriptRefused(
                vector() + ", \"model\": \"m1\", \"popularity\": {\"field\": \"lang\"}", "must be a field of numbers");
    }

    public void testFaultsOfQueries() throws Exception {
        indexFeed();
        assertQueryRefused(
                404, "\"feed\": \"news\", \"user_id\": \"u99\"", "user [u99] has no vector in users index [users]");
        assertQueryRefused(404, "\"feed\": \"olds\", \"user_id\": \"u1\"", "feed [olds] does not exist");
        assertQueryRefused(404, vector() + ", \"model\": \"m9\"", "model [m9] does not exist");
        assertQueryRefused(400, "\"feed\": \"news\"", "[user_id] of [ralm_score] is missing");
        assertQueryRefused(
                400, "\"feed\": \"news\", \"user_id\": \"u1\", \"model\": \"m1\"", "either [feed] and [user_id], or");
        assertQueryRefused(
                400, "\"feed\": \"news\", \"user_id\": \"u1\", \"gamma\": 1", "[gamma] is not a known member");
        String user = "\"feed\": \"news\", \"user_id\": \"u1\"";
        for (String member : List.of("_name", "boost", "ignore_unmapped")) {
            for (String value : List.of("[1]", "{}", "null")) {
                assertQueryRefused(400, user + ", \"" + member + "\": " + value, "[" + member + "]", "single value");
            }
        }
        assertQueryRefused(400, user + ", \"alpha\": -0.1", "[alpha] must be a number from 0", "[-0.1]");
        assertQueryRefused(400, user + ", \"beta\": -1", "[beta] must be a number from 0", "[-1]");
        assertQueryRefused(400, user + ", \"beta\": \"NaN\"", "[beta] must be a number from 0", "[NaN]");
        assertQueryRefused(400, user + ", \"alpha\": 0, \"beta\": 0", "[alpha] and [beta] must not both be 0");
        assertQueryRefused(
                400, user + ", \"score\": \"rank\"", "[score] must be one of [similarity, probability]", "[rank]");
        assertQueryRefused(400, user + ", \"missing_user\": \"mean\"", "[missing_user] must be one of", "[mean]");
        assertQueryRefused(
                400, vector() + ", \"model\": \"m1\", \"missing_user\": \"empty\"", "only the user of a [feed]");
        assertFaultsOfPopularityRefused(user);
        String field = "\"field\": \"ralm.seeds\", \"model\": \"m1\", \"user_vector\": ";
        assertQueryRefused(400, field + "[1, 2]", "[user_vector] has dimension 2, but model [m1] has dimension 8");
        assertQueryRefused(400, field + "[1, \"NaN\"]", "[user_vector] must hold finite numbers, but holds [NaN] at 1");
        assertQueryRefused(400, field + "[1e300]", "[user_vector] must hold finite numbers");
        assertQueryRefused(
                400, field + "[8e18, 8e18]", "[user_vector] must be shorter than 9.0E18, but has length 1.13");
        assertQueryRefused(400, field + Arrays.toString(new float[1025]), "1 to 1024 numbers, but holds 1025");
        assertQueryRefused(
                400,
                field + "\"" + "x".repeat(10_000_000) + "\"",
                "must be an array of numbers",
                "(10000000 characters)");
        String other = "\"model\": \"m1\", \"user_vector\": " + json(users.get("u1"));
        assertQueryRefused(
                400,
                other + ", \"field\": \"lang\"",
                "needs a field of type [ralm_seeds], but field [lang] has type [keyword]");
        assertQueryRefused(400, other + ", \"field\": \"nothing\"", "there is no field [nothing] in the mapping");
    }

    public void testFaultsOfScripts() throws Exception {
        indexFeed();
        assertScriptRefused(vector() + ", \"model\": \"m9\"", "model [m9] is not in this node's memory");
        assertScriptRefused("\"feed\": \"news\", \"user_id\": \"u1\"", "cannot look up the user of a feed");
        assertScriptRefused(vector() + ", \"model\": \"m1\", \"alpha\": -1", "[alpha] must be a number from 0");
        String field = "\"field\": \"ralm.seeds\", \"model\": \"m1\", \"user_vector\": ";
        assertScriptRefused(field + "[1, 2]", "has dimension 2, but model [m1] has dimension 8");
        assertScriptRefused(
                field + "\"" + "x".repeat(10_000_000) + "\"", "must be an array of numbers", "(10000000 characters)");
        assertScriptRefused("\"x\": \"" + "x".repeat(10_000_000) + "\"", "[x] is not a known member");
        assertRefused(
                400,
                "POST",
                "/articles/_search",
                "{\"query\": {\"script_score\": {\"query\": {\"match_all\": {}}, \"script\": {\"lang\": \"ralm\", \"source\": \"x\"}}}}",
                "unknown [ralm] script [x], expected [ralm_score]");
        assertRefused(
                400,
                "POST",
                "/articles/_search",
                "{\"query\": {\"script\": {\"script\": {\"lang\": \"ralm\", \"source\": \"ralm_score\"}}}}",
                "cannot be used for [filter]");
    }

    public void testFaultsOfFeeds() throws Exception {
        indexFeed();
        String feed = "{\"candidates\": \"articles\", \"users\": \"users\", \"model\": \"%s\", \"k\": %s%s}";
        String path = "/_plugins/_ralm/feeds/news";
        assertRefused(
                400, "PUT", path, feed.formatted("m1", 0, ""), "[k] must be an integer from 1 to 128, but is [0]");
        assertRefused(
                400, "PUT", path, feed.formatted("m1", 129, ""), "[k] must be an integer from 1 to 128, but is [129]");
        assertRefused(400, "PUT", path, feed.formatted("m1", "1.5", ""), "[k] must be an integer", "[1.5]");
        assertRefused(400, "PUT", path, feed.formatted("m9", 4, ""), "model [m9], which does not exist");
        assertRefused(400, "PUT", path, feed.formatted("m1", 4, ", \"x\": 1"), "[x] is not a known member of a feed");
        assertRefused(400, "PUT", path, feed.formatted("m1", 4, ", \"encoding\": \"int4\""), "unknown encoding [int4]");
        assertRefused(
                400, "PUT", path, feed.formatted("m1", 4, ", \"field\": \"lang\""), "field [lang] of type [keyword]");
        assertRefused(400, "PUT", path, feed.formatted("m1", 4, ", \"field\": \"none\""), "has no field [none]");
        assertRefused(400, "PUT", path, "{\"candidates\": \"articles\"}", "[users] is missing");
        assertRefused(400, "PUT", path, "{\"candidates\": \"A*\"}", "[candidates] must be the name of an index");
        assertRefused(
                400, "PUT", "/_plugins/_ralm/feeds/_x", feed.formatted("m1", 4, ""), "a feed's name must be", "[_x]");
        assertRefused(404, "GET", "/_plugins/_ralm/feeds/olds", null, "feed [olds] does not exist");
        assertRefused(404, "DELETE", "/_plugins/_ralm/feeds/olds", null, "feed [olds] does not exist");
        put(
                "/wide",
                "{\"mappings\": {\"properties\": {\"ralm\": {\"properties\": {\"seeds\": {\"type\": \"ralm_seeds\", \"dimension\": 9}}}}}}");
        assertRefused(
                400,
                "PUT",
                path,
                feed.formatted("m1", 4, "").replace("articles", "wide"),
                "field [ralm.seeds] of [wide] has dimension 9, but model [m1] has dimension 8");
    }

    /** Such a name would be stored in the cluster's state, which cannot be written any more then. */
    public void testFeedsOfProcessorsHaveNamesThatFeedsMayHave() throws Exception {
        for (String feed : List.of("\\ud800", "", "a b", "x".repeat(129))) {
            String config = "{\"feed\": \"" + feed + "\"}";
            for (String processor : List.of("ralm_seeds", "ralm_clicks")) {
                String body = "{\"processors\": [{\"" + processor + "\": " + config + "}]}";
                assertRefused(400, "PUT", "/_ingest/pipeline/p", body, "a feed's name must be 1 to 128 letters");
            }
            String search = "{\"request_processors\": [{\"ralm_user\": " + config + "}]}";
            assertRefused(400, "PUT", "/_search/pipeline/p", search, "a feed's name must be 1 to 128 letters");
        }
        String field = "{\"processors\": [{\"ralm_seeds\": {\"feed\": \"news\", \"target_field\": \"\\ud800\"}}]}";
        assertRefused(400, "PUT", "/_ingest/pipeline/p", field, "[target_field] must name a field");
    }

    public void testFaultsOfMappings() throws Exception {
        String mapping = "{\"mappings\": {\"properties\": {\"seeds\": {\"type\": \"ralm_seeds\"%s}}}}";
        assertRefused(400, "PUT", "/x", mapping.formatted(""), "field [seeds] of type [ralm_seeds] needs [dimension]");
        assertRefused(
                400,
                "PUT",
                "/x",
                mapping.formatted(", \"dimension\": 0"),
                "[dimension] of field [seeds] must be from 1 to 1024, but is [0]");
        assertRefused(400, "PUT", "/x", mapping.formatted(", \"dimension\": 1025"), "but is [1025]");
        assertRefused(400, "PUT", "/x", mapping.formatted(", \"dimension\": 4, \"k\": 4"), "unknown parameter [k]");
    }

    public void testFaultsOfBlocks() throws Exception {
        indexFeed();
        byte[] bytes = SeedBlockCodec.encode(
                model.seedBlock(TestModels.clusters(3, DIMENSION, new Random(1))), Encoding.FLOAT32);
        String path = "/articles/_doc/b1";
        assertRefused(400, "PUT", path, block(Arrays.copyOf(bytes, bytes.length - 1)), "malformed seed block", "'b1'");
        assertRefused(400, "PUT", path, block(new byte[3]), "malformed seed block: 3 bytes are fewer");
        assertRefused(400, "PUT", path, "{\"ralm\": {\"seeds\": \"%\"}}", "failed to parse field [ralm.seeds]");
        assertRefused(400, "PUT", path, "{\"ralm\": {\"seeds\": 7}}", "expected one seed block as a base64 string");
        assertRefused(400, "PUT", path, "{\"ralm\": {\"seeds\": []}}", "expected one seed block as a base64 string");
        LookalikeModel other =
                new LookalikeModel(TestModels.artifact("m4", 4, model.manifest().form(), new Random(1)));
        byte[] narrow = SeedBlockCodec.encode(other.seedBlock(TestModels.clusters(3, 4, new Random(1))), Encoding.INT8);
        assertRefused(400, "PUT", path, block(narrow), "expected a seed block of dimension 8", "one of dimension 4");
        put(path, block(bytes));
        put(path, "{\"ralm\": {\"seeds\": null}}");
    }

    private static String block(byte[] bytes) {
        return "{\"ralm\": {\"seeds\": \"" + Base64.getEncoder().encodeToString(bytes) + "\"}}";
    }

    public void testFaultsOfSeeds() throws Exception {
        indexFeed();
        String path = "/articles/_doc/b1?pipeline=ralm";
        assertRefused(
                400,
                "PUT",
                path,
                "{\"seed_users\": [\"u1\", 7]}",
                "[seed_users] must be an array of user ids",
                "holds [7]");
        assertRefused(
                400, "PUT", path, "{\"seed_users\": \"u1\"}", "[seed_users] must be an array of user ids, but is [u1]");
        assertRefused(400, "PUT", path, "{\"seed_users\": [[\"u1\"]]}", "[seed_users] must be an array of user ids");
        assertRefused(
                400,
                "PUT",
                "/plain/_doc/b1?pipeline=ralm",
                "{\"seed_users\": [\"u1\"]}",
                "index [plain] does not exist");
        put("/plain", "{}");
        assertRefused(
                400,
                "PUT",
                "/plain/_doc/b1?pipeline=ralm",
                "{\"seed_users\": [\"u1\"]}",
                "index [plain] has no field [ralm.seeds]");
        put("/users/_doc/short", "{\"model\": \"m1\", \"vector\": [1, 2]}");
        assertRefused(
                400,
                "PUT",
                path,
                "{\"seed_users\": [\"short\"]}",
                "the vector of user [short]",
                "has dimension 2, but the model has 8");
        put("/users/_doc/old", "{\"model\": \"m0\", \"vector\": [1, 2, 3, 4, 5, 6, 7, 8]}");
        assertRefused(400, "PUT", path, "{\"seed_users\": [\"old\"]}", "was made by model [m0]");
        put("/_cluster/settings", "{\"transient\":{\"plugins.ralm.ingest.max_seed_users\":1}}");
        try {
            assertRefused(
                    400,
                    "PUT",
                    path,
                    "{\"seed_users\": [\"u1\", \"u2\"]}",
                    "[plugins.ralm.ingest.max_seed_users] allows 1");
        } finally {
            put("/_cluster/settings", "{\"transient\":{\"plugins.ralm.ingest.max_seed_users\":null}}");
        }
        String pipeline = "{\"processors\": [{\"ralm_seeds\": {\"feed\": \"news\"%s}}]}";
        assertRefused(400, "PUT", "/_ingest/pipeline/x", pipeline.formatted(", \"x\": 1"), "x");
        assertRefused(
                400, "PUT", "/_ingest/pipeline/x", pipeline.formatted(", \"batch_size\": 0"), "must be 1 to 10000");
        assertRefused(
                400,
                "PUT",
                "/_ingest/pipeline/x",
                pipeline.formatted(", \"target_field\": \"a.b\""),
                "must name a field of the document's root");
        put("/_ingest/pipeline/x", pipeline.formatted(", \"target_field\": \"other\""));
        assertRefused(
                400,
                "PUT",
                "/articles/_doc/b1?pipeline=x",
                "{\"seed_users\": [\"u1\"]}",
                "scores by field [ralm.seeds]",
                "writes to [other.seeds]");
        put("/_ingest/pipeline/x", "{\"processors\": [{\"ralm_seeds\": {\"feed\": \"olds\"}}]}");
        assertRefused(
                404, "PUT", "/articles/_doc/b1?pipeline=x", "{\"seed_users\": [\"u1\"]}", "feed [olds] does not exist");
    }

    public void testFaultsOfStats() throws Exception {
        assertRefused(400, "GET", "/_plugins/_ralm/stats/nothing", null, "unknown statistic [nothing]");
    }
}
