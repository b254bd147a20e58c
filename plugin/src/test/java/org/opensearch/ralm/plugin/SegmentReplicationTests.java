package org.opensearch.ralm.plugin;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.opensearch.common.settings.Settings;
import org.opensearch.test.InternalTestCluster;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;
import org.opensearch.test.OpenSearchIntegTestCase.Scope;

/** Copies that get segments instead of documents. */
@ClusterScope(scope = Scope.TEST, numDataNodes = 3, supportsDedicatedMasters = true)
public class SegmentReplicationTests extends RalmIntegTestCase {

    private static final int CANDIDATES = 20;
    private static final int USERS = 30;
    private static final String LOOKALIKE =
            "{\"size\": 100, \"query\": {\"ralm_score\": {\"feed\": \"news\", \"user_id\": \"u7\"}}}";

    @Override
    protected Settings nodeSettings(int ordinal) {
        return Settings.builder()
                .put(super.nodeSettings(ordinal))
                .put("cluster.indices.replication.strategy", "SEGMENT")
                .build();
    }

    private static void click(int from, int to) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int user = from; user < to; user++) {
            for (int c = user % 2; c < CANDIDATES; c += 2) {
                lines.append("{\"index\":{\"_index\":\"clicks\",\"pipeline\":\"clicks\"}}\n{\"candidate\":\"a" + c
                        + "\",\"user\":\"u" + user + "\"}\n");
            }
        }
        bulk(lines);
    }

    private static void refresh() throws IOException {
        Map<String, Object> answer = call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertEquals(answer.toString(), 0, at(answer, "_nodes.failed"));
    }

    private static Map<String, Object> scores(String preference) throws IOException {
        call("POST", "/articles/_refresh", null);
        Map<String, Object> answer = search("articles", LOOKALIKE, preference);
        assertEquals(answer.toString(), 0, at(answer, "_shards.failed"));
        Map<String, Object> scores = new TreeMap<>();
        hits(answer).forEach(hit -> scores.put((String) hit.get("_id"), hit.get("_score")));
        return scores;
    }

    private static Map<String, Object> search(String index, String body, String preference) throws IOException {
        return call("POST", "/" + index + "/_search?preference=" + preference, body);
    }

    private static void assertCopiesAgree() throws Exception {
        await(() -> {
            Map<String, Object> scores = scores("_primary");
            assertEquals(CANDIDATES, scores.size());
            assertEquals(scores, scores("_replica"));
        });
    }

    public void testReplicasScoreAndTakeTheRefreshOver() throws Exception {
        upload(artifact("m1", 1));
        createCandidates("articles", 2);
        createClicks("clicks", 1);
        ensureGreen("articles", "clicks");
        put("/articles,clicks/_settings", "{\"index.unassigned.node_left.delayed_timeout\": \"0\"}");
        for (String index : new String[] {"articles", "clicks"}) {
            assertEquals(
                    "SEGMENT",
                    at(Map.of("i", get("/" + index + "/_settings").get(index)), "i.settings.index.replication.type"));
        }
        indexUsers("users", "m1", USERS, 3);
        // The framework draws how many copies there are, and a node is about to go.
        put(
                "/users/_settings",
                "{\"index.number_of_replicas\": 1, \"index.unassigned.node_left.delayed_timeout\": \"0\"}");
        ensureGreen("users");
        createFeed("news", "articles", "clicks", "users", "m1");
        StringBuilder lines = new StringBuilder();
        for (int c = 0; c < CANDIDATES; c++) {
            lines.append("{\"index\":{\"_index\":\"articles\",\"_id\":\"a" + c + "\"}}\n{\"lang\":\"en\"}\n");
        }
        bulk(lines);
        click(0, 15);
        refresh();
        assertCopiesAgree();
        String primary = clusterService()
                .state()
                .routingTable()
                .index("clicks")
                .shard(0)
                .primaryShard()
                .currentNodeId();
        String name = clusterService().state().nodes().get(primary).getName();
        internalCluster().stopRandomNode(InternalTestCluster.nameFilter(name));
        ensureGreen("articles", "clicks", "users");
        click(15, USERS);
        refresh();
        assertCopiesAgree();
        for (int c = 0; c < CANDIDATES; c++) {
            assertEquals(
                    USERS / 2, at(get("/articles/_doc/a" + c + "?preference=_primary"), "_source.ralm.seed_count"));
        }
    }
}
