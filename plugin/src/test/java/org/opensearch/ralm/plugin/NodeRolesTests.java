package org.opensearch.ralm.plugin;

import static org.hamcrest.Matchers.containsString;
import static org.opensearch.cluster.node.DiscoveryNodeRole.CLUSTER_MANAGER_ROLE;
import static org.opensearch.cluster.node.DiscoveryNodeRole.DATA_ROLE;
import static org.opensearch.cluster.node.DiscoveryNodeRole.INGEST_ROLE;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.opensearch.test.NodeRoles;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;
import org.opensearch.test.OpenSearchIntegTestCase.Scope;

/** Documents go through pipelines on nodes with the role ingest; the refresh works where the clicks are. */
@ClusterScope(scope = Scope.TEST, numDataNodes = 0, autoManageMasterNodes = false)
public class NodeRolesTests extends RalmIntegTestCase {

    private static final int USERS = 9;

    private static void makeFeed() throws Exception {
        upload(artifact("m1", 1));
        createCandidates("articles", 1);
        createClicks("clicks", 1);
        indexUsers("users", "m1", USERS, 3);
    }

    private static void assertRefreshed(int seeds) throws IOException {
        Map<String, Object> answer = call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertEquals(answer.toString(), 0, at(answer, "_nodes.failed"));
        assertEquals(seeds, at(get("/articles/_doc/a"), "_source.ralm.seed_count"));
    }

    public void testDataNodesNeedNotIngest() throws Exception {
        internalCluster().setBootstrapClusterManagerNodeIndex(0);
        internalCluster().startNode(NodeRoles.onlyRoles(Set.of(CLUSTER_MANAGER_ROLE, INGEST_ROLE)));
        internalCluster().startNodes(2, NodeRoles.onlyRoles(Set.of(DATA_ROLE)));
        makeFeed();
        createFeed("news", "articles", "clicks", "users", "m1");
        put("/articles/_doc/a", "{\"lang\": \"en\"}");
        for (int user = 0; user < USERS; user++) {
            call("POST", "/clicks/_doc?pipeline=clicks", "{\"candidate\": \"a\", \"user\": \"u" + user + "\"}");
        }
        assertRefreshed(USERS);
        assertHealthKnowsOfClicksOfNobody();
    }

    /** They are counted where they go through the pipeline. */
    private static void assertHealthKnowsOfClicksOfNobody() throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int click = 0; click < 1_000; click++) {
            lines.append("{\"index\": {\"_index\": \"clicks\", \"pipeline\": \"clicks\"}}\n");
            lines.append("{\"candidate\": \"a\", \"user\": \"nobody" + click + "\"}\n");
        }
        bulk(lines);
        Object reasons = get("/_plugins/_ralm/_health").get("reasons");
        assertThat(reasons.toString(), containsString("unknown_users"));
    }

    /** Clicks that came without a pipeline are completed by the refresh, like those of users nobody knew. */
    public void testTheRefreshNeedsNoIngestNode() throws Exception {
        internalCluster().setBootstrapClusterManagerNodeIndex(0);
        internalCluster().startNodes(2, NodeRoles.onlyRoles(Set.of(CLUSTER_MANAGER_ROLE, DATA_ROLE)));
        makeFeed();
        put(
                "/_plugins/_ralm/feeds/news",
                "{\"candidates\": \"articles\", \"clicks\": \"clicks\", \"users\": \"users\", \"model\": \"m1\"}");
        put("/articles/_doc/a", "{\"lang\": \"en\"}");
        for (int user = 0; user < USERS; user++) {
            put(
                    "/clicks/_doc/a:u" + user + "?routing=a",
                    "{\"candidate\": \"a\", \"user\": \"u" + user
                            + "\", \"received\": \"2026-11-22T12:00:00Z\", \"unknown_user\": true}");
        }
        assertRefreshed(USERS);
        assertRefused(
                400, "POST", "/_plugins/_ralm/feeds/news/_setup", null, "no node of the cluster has the role [ingest]");
    }
}
