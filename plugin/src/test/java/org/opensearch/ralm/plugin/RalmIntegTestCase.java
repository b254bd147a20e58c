package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.http.ParseException;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.junit.After;
import org.opensearch.client.Request;
import org.opensearch.client.RequestOptions;
import org.opensearch.client.Response;
import org.opensearch.client.ResponseException;
import org.opensearch.common.CheckedRunnable;
import org.opensearch.common.io.Streams;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.xcontent.XContentHelper;
import org.opensearch.common.xcontent.json.JsonXContent;
import org.opensearch.painless.PainlessModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.metrics.NodeMetrics;
import org.opensearch.ralm.plugin.refresh.RefreshService;
import org.opensearch.test.OpenSearchIntegTestCase;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.threadpool.ThreadPoolStats;
import org.opensearch.transport.Netty4ModulePlugin;

/** A cluster in one process, spoken to over HTTP as a client would. */
@OpenSearchIntegTestCase.ClusterScope(numDataNodes = 3, supportsDedicatedMasters = false)
public abstract class RalmIntegTestCase extends OpenSearchIntegTestCase {

    protected static final int DIMENSION = 8;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        return Arrays.asList(RalmPlugin.class, PainlessModulePlugin.class, Netty4ModulePlugin.class);
    }

    @Override
    protected boolean addMockHttpTransport() {
        return false;
    }

    /** What nodes do by themselves would come between a test and what it expects; tests of it switch it on. */
    @Override
    protected Settings nodeSettings(int ordinal) {
        return Settings.builder()
                .put(super.nodeSettings(ordinal))
                .put(RefreshService.ENABLED.getKey(), false)
                .put(NodeMetrics.INTERVAL.getKey(), "1d")
                .build();
    }

    /** Waits for what nodes do by themselves, as long as a slow machine may take. */
    protected static void await(CheckedRunnable<Exception> assertion) throws Exception {
        assertBusy(assertion, 1, TimeUnit.MINUTES);
    }

    /** Otherwise nodes would go on refreshing them, and logging that, while the next test begins. */
    @After
    public void deleteFeeds() throws Exception {
        for (Object feed : (List<?>) get("/_plugins/_ralm/feeds").get("feeds")) {
            call("DELETE", "/_plugins/_ralm/feeds/" + ((Map<?, ?>) feed).get("feed"), null);
        }
        await(() -> assertEquals("cycles that still run", 0, threadsThatRefresh()));
    }

    private static int threadsThatRefresh() {
        int active = 0;
        for (ThreadPool threads : internalCluster().getInstances(ThreadPool.class)) {
            for (ThreadPoolStats.Stats pool : threads.stats()) {
                active += pool.getName().equals("ralm_refresh") ? pool.getActive() : 0;
            }
        }
        return active;
    }

    /** A model that is the same in every test of a name, so that what is expected can be computed beside it. */
    protected static ModelArtifact artifact(String id, long seed) {
        return TestModels.artifact(id, DIMENSION, LookalikeForm.DEFAULT, new Random(seed));
    }

    protected static LookalikeModel upload(ModelArtifact artifact) throws IOException {
        put("/_plugins/_ralm/models/" + artifact.manifest().id(), TestModels.upload(artifact));
        return new LookalikeModel(artifact);
    }

    protected static void createCandidates(String index, int shards) throws IOException {
        put(
                "/" + index,
                """
                {"settings": {"number_of_shards": %s, "number_of_replicas": 1},
                 "mappings": {"properties": {
                   "lang": {"type": "keyword"},
                   "seed_users": {"type": "keyword", "index": false, "doc_values": false},
                   "ralm": {"properties": {
                     "seeds": {"type": "ralm_seeds", "dimension": %s},
                     "seed_count": {"type": "integer"},
                     "cluster_sizes": {"type": "integer"},
                     "model": {"type": "keyword"},
                     "refreshed_at": {"type": "date"},
                     "unknown_users": {"type": "integer"}}}}}}"""
                        .formatted(shards, DIMENSION));
    }

    protected static void createFeed(String name, String candidates, String users, String model) throws IOException {
        put(
                "/_plugins/_ralm/feeds/" + name,
                """
                {"candidates": "%s", "users": "%s", "model": "%s", "k": 4, "refresh_interval": "1s"}"""
                        .formatted(candidates, users, model));
    }

    /** Makes an index of clicks whose copies say with each write what they have on disk, whatever the framework draws. */
    protected static void createClicks(String index, int shards) throws IOException {
        String mapping = Streams.readFully(RalmPlugin.class.getResourceAsStream("click/mapping.json"))
                .utf8ToString();
        put(
                "/" + index,
                """
                {"settings": {"number_of_shards": %s, "number_of_replicas": 1, "translog.durability": "request"},
                 "mappings": %s}"""
                        .formatted(shards, mapping));
    }

    /** Makes a feed of clicks, and a pipeline {@code clicks} for them. */
    protected static void createFeed(String name, String candidates, String clicks, String users, String model)
            throws IOException {
        put(
                "/_plugins/_ralm/feeds/" + name,
                """
                {"candidates": "%s", "clicks": "%s", "users": "%s", "model": "%s", "k": 4, "min_seeds": 1}"""
                        .formatted(candidates, clicks, users, model));
        put("/_ingest/pipeline/clicks", "{\"processors\": [{\"ralm_clicks\": {\"feed\": \"" + name + "\"}}]}");
    }

    protected static String json(float[] vector) {
        return Arrays.toString(vector);
    }

    protected static Map<String, Object> put(String path, String body) throws IOException {
        return call("PUT", path, body);
    }

    protected static Map<String, Object> get(String path) throws IOException {
        return call("GET", path, null);
    }

    protected static Map<String, Object> search(String index, String body) throws IOException {
        return call("POST", "/" + index + "/_search", body);
    }

    protected static Map<String, Object> call(String method, String path, String body) throws IOException {
        return parse(getRestClient().performRequest(request(method, path, body)));
    }

    /** Makes a call that must fail with a status and a message that says each of the given things. */
    protected static void assertRefused(int status, String method, String path, String body, String... said)
            throws IOException {
        ResponseException e = expectThrows(
                ResponseException.class, () -> getRestClient().performRequest(request(method, path, body)));
        String answer = text(e.getResponse());
        assertEquals(answer, status, e.getResponse().getStatusLine().getStatusCode());
        for (String part : said) {
            assertTrue(
                    "[" + part + "] is not in " + answer,
                    answer.replace("\\\"", "\"").contains(part));
        }
    }

    /** A call as a user who must not do something; with {@link RefusingPlugin}. */
    protected static Response callWithout(String action, String index, String method, String path, String body)
            throws IOException {
        Request request = request(method, path, body);
        request.setOptions(RequestOptions.DEFAULT.toBuilder().addHeader(RefusingPlugin.HEADER, action + "@" + index));
        return getRestClient().performRequest(request);
    }

    @SuppressWarnings("unchecked")
    protected static List<Map<String, Object>> hits(Map<String, Object> response) {
        return (List<Map<String, Object>>) ((Map<String, Object>) response.get("hits")).get("hits");
    }

    protected static Object at(Map<String, Object> json, String path) {
        Object at = json;
        for (String step : path.split("\\.")) {
            at = at instanceof List<?> list ? list.get(Integer.parseInt(step)) : ((Map<?, ?>) at).get(step);
        }
        return at;
    }

    private static Request request(String method, String path, String body) {
        Request request = new Request(method, path);
        if (body != null) {
            request.setJsonEntity(body);
        }
        return request;
    }

    protected static Map<String, Object> parse(Response response) throws IOException {
        return XContentHelper.convertToMap(JsonXContent.jsonXContent, text(response), false);
    }

    private static String text(Response response) throws IOException {
        try {
            return EntityUtils.toString(response.getEntity());
        } catch (ParseException e) {
            throw new IOException(e);
        }
    }

    /** Writes lines of a bulk request, all of which must succeed. */
    protected static void bulk(CharSequence lines) throws IOException {
        Map<String, Object> response = call("POST", "/_bulk?refresh=true", lines.toString());
        assertEquals(response.toString(), false, response.get("errors"));
    }

    /** Makes a users index with a vector for each of a number of users, named u0 and so on. */
    protected static Map<String, float[]> indexUsers(String index, String model, int count, long seed)
            throws IOException {
        put(
                "/" + index,
                """
                {"mappings": {"properties": {"model": {"type": "keyword"}, "vector": {"type": "float"}}}}""");
        Random random = new Random(seed);
        Map<String, float[]> users = new HashMap<>();
        StringBuilder lines = new StringBuilder();
        for (int u = 0; u < count; u++) {
            String user = "u" + u;
            users.put(user, TestModels.unitVector(DIMENSION, random));
            lines.append("{\"index\":{\"_index\":\"" + index + "\",\"_id\":\"" + user + "\"}}\n");
            lines.append("{\"model\":\"" + model + "\",\"vector\":" + json(users.get(user)) + "}\n");
        }
        bulk(lines);
        return users;
    }

    protected static void createPipeline(String feed) throws IOException {
        put("/_ingest/pipeline/ralm", "{\"processors\": [{\"ralm_seeds\": {\"feed\": \"" + feed + "\"}}]}");
    }

    /** Makes a feed {@code news} of candidates that list their seeds, by a model {@code m1}, with a pipeline for them. */
    protected static void makeFeedWithoutClicks(int shards, int users) throws IOException {
        upload(artifact("m1", 1));
        createCandidates("articles", shards);
        indexUsers("users", "m1", users, 3);
        createFeed("news", "articles", "users", "m1");
        createPipeline("news");
    }

    /** The seed block of a stored candidate. */
    protected static SeedBlock block(Map<String, Object> hit) {
        return SeedBlockCodec.decode(Base64.getDecoder().decode((String) at(hit, "_source.ralm.seeds")));
    }
}
