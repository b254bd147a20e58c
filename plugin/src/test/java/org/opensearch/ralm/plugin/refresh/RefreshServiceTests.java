package org.opensearch.ralm.plugin.refresh;

import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;

/** What goes on while the refresh is paused, as it is here from the beginning. */
@ClusterScope(numDataNodes = 1, supportsDedicatedMasters = false)
public class RefreshServiceTests extends RalmIntegTestCase {

    private static void makeFeed() throws Exception {
        upload(artifact("m1", 1));
        createCandidates("articles", 1);
        createClicks("clicks", 1);
        indexUsers("users", "m1", 3, 3);
        createFeed("news", "articles", "clicks", "users", "m1");
    }

    public void testFeedThatIsDeletedWhileTheRefreshIsPausedIsForgotten() throws Exception {
        makeFeed();
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertEquals(1, refreshedShards());
        call("DELETE", "/_plugins/_ralm/feeds/news", null);
        await(() -> assertEquals(0, refreshedShards()));
    }

    private static long refreshedShards() {
        long shards = 0;
        for (RefreshService service : internalCluster().getInstances(RefreshService.class)) {
            shards += service.status("news").shards().size();
        }
        return shards;
    }

    public void testNodeThatBeginsWhileTheRefreshIsPausedLoadsTheModelsOfAllFeeds() throws Exception {
        makeFeed();
        String node = internalCluster().startDataOnlyNode();
        ModelCache models = internalCluster().getInstance(ModelCache.class, node);
        await(() -> assertTrue(models.bytes() > 0));
    }
}
