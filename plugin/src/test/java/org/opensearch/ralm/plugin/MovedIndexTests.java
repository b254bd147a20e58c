package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.opensearch.index.reindex.ReindexModulePlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.cluster.CandidateClustering;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** Indices of a feed that were shrunk, split, copied or restored from a snapshot stand for the old ones. */
@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class MovedIndexTests extends RalmIntegTestCase {

    private static final int CANDIDATES = 12;
    private static final int USERS = 40;
    private static final String LOOKALIKE =
            "{\"size\": 100, \"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u7\"}}}";

    private final Map<String, Set<String>> clicked = new TreeMap<>();
    private LookalikeModel model;
    private Map<String, float[]> users;

    @Override
    protected Collection<Class<? extends Plugin>> nodePlugins() {
        List<Class<? extends Plugin>> plugins = new ArrayList<>(super.nodePlugins());
        plugins.add(ReindexModulePlugin.class);
        return plugins;
    }

    private void makeFeed() throws Exception {
        model = upload(artifact("m1", 1));
        createCandidates("articles", 2);
        createClicks("clicks", 2);
        users = indexUsers("users", "m1", USERS, 3);
        createFeed("news", "articles", "clicks", "users", "m1");
        createPipeline("news");
        StringBuilder lines = new StringBuilder();
        for (int c = 0; c < CANDIDATES; c++) {
            lines.append("{\"index\":{\"_index\":\"articles\",\"_id\":\"a" + c + "\"}}\n{\"lang\":\"en\"}\n");
        }
        bulk(lines);
        Random random = new Random(4);
        StringBuilder clicks = new StringBuilder();
        for (int click = 0; click < 120; click++) {
            clicks.append(click("clicks", "a" + random.nextInt(CANDIDATES), "u" + random.nextInt(USERS)));
        }
        bulk(clicks);
        refresh("articles");
    }

    private String click(String index, String candidate, String user) {
        clicked.computeIfAbsent(candidate, c -> new TreeSet<>()).add(user);
        return "{\"index\":{\"_index\":\"" + index + "\",\"pipeline\":\"clicks\"}}\n{\"candidate\":\"" + candidate
                + "\",\"user\":\"" + user + "\"}\n";
    }

    /** A user who has not clicked a candidate yet. */
    private String anotherUser(String candidate) {
        return users.keySet().stream()
                .filter(user -> clicked.get(candidate).contains(user) == false)
                .findFirst()
                .orElseThrow();
    }

    /** Counts all clicks, and checks every candidate against what is made of them from scratch. */
    private void refresh(String candidates) throws IOException {
        Map<String, Object> answer = call("POST", "/_plugins/_ralm/feeds/news/_refresh?recluster=true", null);
        assertEquals(answer.toString(), 0, at(answer, "_nodes.failed"));
        call("POST", "/" + candidates + "/_refresh", null);
        for (Map.Entry<String, Set<String>> seeds : clicked.entrySet()) {
            Map<String, Object> ralm = ralm(candidates, seeds.getKey());
            assertEquals(seeds.getKey(), seeds.getValue().size(), ralm.get("seed_count"));
            assertEquals(seeds.getKey(), expectedBlock(seeds.getKey()), ralm.get("seeds"));
        }
    }

    private String expectedBlock(String candidate) {
        TreeMap<String, float[]> vectors = new TreeMap<>();
        clicked.get(candidate).forEach(user -> vectors.put(user, users.get(user)));
        CandidateClustering clustering = new CandidateClustering(4, CandidateClustering.SAMPLE_SIZE);
        return Base64.getEncoder()
                .encodeToString(SeedBlockCodec.encode(
                        model.seedBlock(clustering.cluster(candidate, vectors)), Encoding.FLOAT32));
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> ralm(String index, String candidate) throws IOException {
        return (Map<String, Object>) at(get("/" + index + "/_doc/" + candidate), "_source.ralm");
    }

    private static Map<String, Object> scores(String index) throws IOException {
        Map<String, Object> answer = search(index, LOOKALIKE);
        assertEquals(answer.toString(), 0, at(answer, "_shards.failed"));
        Map<String, Object> scores = new LinkedHashMap<>();
        hits(answer).forEach(hit -> scores.put((String) hit.get("_id"), hit.get("_score")));
        return scores;
    }

    private void resize(String how, String index, String target, int shards) throws IOException {
        put("/" + index + "/_settings", "{\"index.blocks.write\": true}");
        call(
                "PUT",
                "/" + index + "/_" + how + "/" + target,
                "{\"settings\": {\"index.number_of_shards\": " + shards + ", \"index.blocks.write\": null}}");
        ensureYellow(target);
        put("/" + index + "/_settings", "{\"index.blocks.write\": null}");
    }

    private static void reindex(String index, String target, String pipeline) throws IOException {
        String through = pipeline == null ? "" : ", \"pipeline\": \"" + pipeline + "\"";
        Map<String, Object> answer = call(
                "POST",
                "/_reindex?refresh=true",
                "{\"source\": {\"index\": \"" + index + "\"}, \"dest\": {\"index\": \"" + target + "\"" + through
                        + "}}");
        assertEquals(answer.toString(), List.of(), answer.get("failures"));
    }

    private static String uuid(String index) throws IOException {
        return (String) at(Map.of("i", get("/" + index + "/_settings").get(index)), "i.settings.index.uuid");
    }

    public void testCandidatesThatWereMovedScoreTheSameAndAreRefreshed() throws Exception {
        makeFeed();
        Map<String, Object> expected = scores("articles");
        assertEquals(clicked.keySet(), new TreeSet<>(expected.keySet()));
        resize("split", "articles", "split", 4);
        resize("shrink", "articles", "shrunk", 1);
        createCandidates("copied", 3);
        reindex("articles", "copied", null);
        createCandidates("ingested", 3);
        reindex("articles", "ingested", "ralm");
        for (String index : List.of("split", "shrunk", "copied", "ingested")) {
            assertEquals(index, expected, scores(index));
        }
        for (String index : List.of("split", "shrunk", "copied", "ingested")) {
            createFeed("news", index, "clicks", "users", "m1");
            bulk(click("clicks", "a3", anotherUser("a3")));
            refresh(index);
        }
    }

    /** A candidate says up to which click of which shard it is counted; the shards of a new index are others. */
    public void testClicksThatWereMovedAreCountedAfresh() throws Exception {
        makeFeed();
        resize("split", "clicks", "split", 4);
        resize("shrink", "clicks", "shrunk", 1);
        createClicks("copied", 3);
        reindex("clicks", "copied", null);
        createClicks("ingested", 3);
        assertRefused(
                400,
                "POST",
                "/_reindex",
                "{\"source\": {\"index\": \"clicks\"}, \"dest\": {\"index\": \"ingested\", \"pipeline\": \"clicks\"}}",
                "the clicks of feed [news] belong to index [clicks], but this one is sent to [ingested]");
        createFeed("news", "articles", "ingested", "users", "m1");
        reindex("clicks", "ingested", "clicks");
        Map<String, Set<String>> before = new HashMap<>();
        clicked.forEach((candidate, seeds) -> before.put(candidate, new TreeSet<>(seeds)));
        for (String index : List.of("split", "shrunk", "copied", "ingested")) {
            clicked.clear();
            before.forEach((candidate, seeds) -> clicked.put(candidate, new TreeSet<>(seeds)));
            createFeed("news", "articles", index, "users", "m1");
            bulk(click(index, "a1", anotherUser("a1")));
            refresh("articles");
            for (String candidate : clicked.keySet()) {
                String shard = (String) ralm("articles", candidate).get("clicks_shard");
                assertTrue(index + " " + shard, shard.startsWith(uuid(index) + "/"));
            }
        }
    }
}
