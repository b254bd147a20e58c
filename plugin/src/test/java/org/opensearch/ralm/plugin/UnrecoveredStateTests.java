package org.opensearch.ralm.plugin;

import java.util.List;
import org.opensearch.common.settings.Settings;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;
import org.opensearch.test.OpenSearchIntegTestCase.Scope;

/** A node of a cluster that has just been started and waits for the others before it says what there is. */
@ClusterScope(scope = Scope.TEST, numDataNodes = 0)
public class UnrecoveredStateTests extends RalmIntegTestCase {

    private static final Settings WAITING =
            Settings.builder().put("gateway.recover_after_data_nodes", 2).build();

    public void testNothingIsSaidNotToExistBeforeTheStateIsRecovered() throws Exception {
        internalCluster().startNode(WAITING);
        for (String path : List.of("feeds/news", "feeds", "feeds/news/_rollout", "models/m1", "models")) {
            assertRefused(503, "GET", "/_plugins/_ralm/" + path, null, "state not recovered");
        }
        for (String path : List.of("feeds/news", "models/m1")) {
            assertRefused(503, "DELETE", "/_plugins/_ralm/" + path, null, "state not recovered");
        }
        internalCluster().startNode(WAITING);
        ensureGreen();
        assertRefused(404, "GET", "/_plugins/_ralm/feeds/news", null, "feed [news] does not exist");
        assertRefused(404, "GET", "/_plugins/_ralm/models/m1", null, "model [m1] does not exist");
    }
}
