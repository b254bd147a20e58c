package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlockCodec;

/** Valid requests over all routes, queries, scripts, processors and extensions: what mutations begin from. */
final class FuzzRequests {
    private static final String RALM = "/_plugins/_ralm/";

    private final TestFeed feed;
    private final List<FuzzRequest> requests = new ArrayList<>();
    private final String vector;

    FuzzRequests(TestFeed feed) {
        this.feed = feed;
        this.vector = Arrays.toString(feed.user("u1"));
        registries();
        live();
        searches();
        documents();
        pipelines();
    }

    List<FuzzRequest> all() {
        return List.copyOf(requests);
    }

    /** What makes the feed as it was, whatever a mutation has made of it. */
    List<FuzzRequest> restoring() {
        return List.of(requests.get(0), requests.get(1));
    }

    private void registries() {
        String definition =
                """
                {"candidates": "%s", "users": "%s", "model": "%s", "k": 3, "encoding": "float32", "min_seeds": 5,
                 "max_seeds": 1000, "sample_size": 100, "refresh_interval": "1h", "recluster_interval": "2h",
                 "growth": 0.5, "exposure_sample": 20, "field": "ralm.seeds", "clicks": "%s-clicks",
                 "content_fields": ["lang"]}"""
                        .formatted(feed.candidates(), feed.users(), feed.model().id(), feed.name());
        add("PUT", RALM + "models/" + feed.model().id(), feed.model().upload().toString());
        add("PUT", RALM + "feeds/" + feed.name(), definition);
        ObjectNode other = TestModel.random("fuzz-other", 3).upload();
        add("PUT", RALM + "models/fuzz-other", other.toString());
        add("GET", RALM + "models", null);
        add("GET", RALM + "models/" + feed.model().id(), null);
        add("DELETE", RALM + "models/fuzz-other", null);
        add("PUT", RALM + "feeds/fuzz-second", definition.replace("ralm.seeds", "other.seeds"));
        add("GET", RALM + "feeds", null);
        add("GET", RALM + "feeds/" + feed.name(), null);
        add("DELETE", RALM + "feeds/fuzz-second", null);
        add("GET", RALM + "_health", null);
        add("GET", RALM + "stats", null);
        add("GET", RALM + "stats/queries,memory_bytes?node_id=_local", null);
    }

    private void live() {
        String path = RALM + "feeds/" + feed.name();
        add("POST", path + "/_setup", "{\"number_of_shards\": 1, \"number_of_replicas\": 0, \"recall\": false}");
        add("GET", path + "/_status", null);
        add("POST", path + "/_refresh?recluster=false", null);
        add("GET", RALM + "candidates/" + feed.name() + "/c3?top=3", null);
        add(
                "POST",
                path + "/_activate",
                "{\"model\": \"fuzz-other\", \"users\": \"" + feed.users() + "\", \"with_fewer_users\": false}");
        add("GET", path + "/_rollout", null);
        add("DELETE", path + "/_rollout", null);
        add("POST", path + "/_rollback", null);
    }

    private void searches() {
        String byUser =
                "{\"ralm_score\": {\"feed\": \"%s\", \"user_id\": \"u1\", \"alpha\": 0.3, \"beta\": 0.7, \"score\":"
                        + " \"probability\", \"missing_user\": \"empty\", \"ignore_unmapped\": true, \"boost\": 1.5, \"_name\":"
                        + " \"alike\", \"query\": {\"term\": {\"lang\": \"en\"}}}}";
        String byVector = "{\"ralm_score\": {\"field\": \"ralm.seeds\", \"model\": \"%s\", \"user_vector\": %s,"
                + " \"popularity\": {\"field\": \"ralm.seed_count\", \"weight\": 0.5}}}";
        String exposed =
                "{\"ralm_score\": {\"feed\": \"%s\", \"user_id\": \"u1\", \"exposure\": {\"top_percent\": 5}}}";
        String recalled = "{\"ralm_score\": {\"feed\": \"%s\", \"user_id\": \"u1\", \"recall\": {\"k\": 20}}}";
        String query = byUser.formatted(feed.name());
        String vectors = byVector.formatted(feed.model().id(), vector);
        search("{\"query\": " + query + ", \"ext\": {\"ralm_log\": {\"name\": [\"alike\"]}}, \"profile\": true}");
        search("{\"query\": " + vectors + ", \"explain\": true}");
        search("{\"query\": " + exposed.formatted(feed.name()) + "}");
        search("{\"query\": " + recalled.formatted(feed.name()) + "}");
        search("{\"query\": {\"bool\": {\"should\": [" + query + ", " + vectors + "]}}, \"aggs\": {\"a\": {\"filter\": "
                + query + "}}}");
        search("{\"query\": {\"match_all\": {}}, \"rescore\": {\"window_size\": 5, \"query\": {\"rescore_query\": "
                + vectors + "}}}");
        search("{\"query\": {\"script_score\": {\"query\": {\"match_all\": {}}, \"script\": " + script("user_vector")
                + "}}}");
        search("{\"search_pipeline\": {\"request_processors\": [{\"ralm_user\": {\"feed\": \"" + feed.name()
                + "\"}}]}, \"query\": {\"function_score\": {\"script_score\": {\"script\": " + script("user_id")
                + "}}}}");
        add("POST", "/" + feed.candidates() + "/_explain/c3", "{\"query\": " + query + "}");
        add("POST", "/" + feed.candidates() + "/_validate/query?explain=true", "{\"query\": " + query + "}");
        add(
                "POST",
                "/" + feed.candidates() + "/_msearch",
                "{}\n{\"query\": " + query + "}\n{}\n{\"query\": " + vectors + "}\n");
        add(
                "POST",
                "/" + feed.users() + "/_search",
                "{\"query\": {\"ralm_audience\": {\"feed\": \"" + feed.name()
                        + "\", \"candidate\": \"c3\", \"top_percent\": 50, \"exclude_seeds\": true, \"score\": \"similarity\","
                        + " \"query\": {\"exists\": {\"field\": \"vector\"}}}}}");
        add(
                "POST",
                "/" + feed.users() + "/_search",
                "{\"query\": {\"ralm_audience\": {\"feed\": \"" + feed.name() + "\", \"candidate\": \"c4\"}}}");
    }

    private String script(String user) {
        String given = user.equals("user_id")
                ? "\"user_id\": \"u1\", \"missing_user\": \"error\""
                : "\"field\": \"ralm.seeds\", \"model\": \"" + feed.model().id() + "\", \"user_vector\": " + vector;
        return "{\"lang\": \"ralm\", \"source\": \"ralm_score\", \"params\": {" + given
                + ", \"alpha\": 0.2, \"beta\": 0.8, \"score\": \"similarity\"}}";
    }

    private void documents() {
        String block = Base64.getEncoder()
                .encodeToString(SeedBlockCodec.encode(feed.blockOf("c3", TestFeed.seedsOf(3)), Encoding.FLOAT32));
        String candidate = "{\"lang\": \"en\", \"seed_users\": [\"u1\", \"u2\", \"nobody\"]}";
        add("PUT", "/" + feed.candidates() + "/_doc/c20", candidate);
        add(
                "PUT",
                "/" + feed.candidates() + "/_doc/c21?pipeline=_none",
                "{\"ralm\": {\"seeds\": \"" + block + "\", \"seed_count\": 3, \"state\": \"warm\"}}");
        add("POST", "/" + feed.candidates() + "/_update/c22", "{\"doc\": " + candidate + ", \"doc_as_upsert\": true}");
        add(
                "POST",
                "/" + feed.candidates() + "/_bulk",
                "{\"index\": {\"_id\": \"c23\"}}\n" + candidate + "\n{\"create\": {\"_id\": \"c24\"}}\n{\"seed_users\":"
                        + " [\"u3\"]}\n{\"delete\": {\"_id\": \"c24\"}}\n");
        add(
                "POST",
                "/" + feed.name() + "-clicks/_bulk",
                "{\"index\": {}}\n{\"candidate\": \"c1\", \"user\": \"u5\", \"time\": \"2026-01-01T00:00:00Z\"}\n"
                        + "{\"index\": {\"_id\": \"c2:u6\", \"routing\": \"c2\"}}\n{\"candidate\": \"c2\", \"user\":"
                        + " \"u6\", \"time\": 1767225600000}\n");
        add(
                "PUT",
                "/fuzz-plain/_mapping",
                "{\"properties\": {\"block\": {\"type\": \"ralm_seeds\", \"dimension\": 8}}}");
    }

    private void pipelines() {
        String seeds =
                "{\"ralm_seeds\": {\"feed\": \"" + feed.name() + "\", \"target_field\": \"ralm\", \"batch_size\": 10}}";
        String clicks = "{\"ralm_clicks\": {\"feed\": \"" + feed.name() + "\", \"batch_size\": 10}}";
        add("PUT", "/_ingest/pipeline/fuzz-pipeline", "{\"processors\": [" + seeds + ", " + clicks + "]}");
        simulate(seeds, feed.candidates(), "{\"seed_users\": [\"u1\", \"u2\"]}");
        simulate(clicks, feed.name() + "-clicks", "{\"candidate\": \"c1\", \"user\": \"u5\"}");
        add(
                "PUT",
                "/_search/pipeline/fuzz-search",
                "{\"request_processors\": [{\"ralm_user\": {\"feed\": \"" + feed.name() + "\"}}]}");
    }

    private void simulate(String processor, String index, String source) {
        add(
                "POST",
                "/_ingest/pipeline/_simulate",
                "{\"pipeline\": {\"processors\": [" + processor + "]}, \"docs\": [{\"_index\": \"" + index
                        + "\", \"_source\": " + source + "}]}");
    }

    private void search(String body) {
        add("POST", "/" + feed.candidates() + "/_search", body);
    }

    private void add(String method, String path, String body) {
        requests.add(new FuzzRequest(method, path, body));
    }
}
