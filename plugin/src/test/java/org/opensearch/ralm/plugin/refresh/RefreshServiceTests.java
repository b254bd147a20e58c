package org.opensearch.ralm.plugin.refresh;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.test.OpenSearchIntegTestCase.ClusterScope;
import org.opensearch.threadpool.ThreadPool;

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

    public void testTicksGoOnWhereRequestsHaveFilledTheQueue() throws Exception {
        makeFeed();
        ThreadPool threads = internalCluster().getInstance(ThreadPool.class);
        ExecutorService pool = threads.executor(RefreshService.THREAD_POOL);
        BlockingQueue<?> queue = ((ThreadPoolExecutor) pool).getQueue();
        CountDownLatch release = new CountDownLatch(1);
        try {
            // From its only thread, where no tick runs just now.
            pool.execute(() -> {
                expectThrows(OpenSearchRejectedExecutionException.class, () -> fill(pool));
                awaitQuietly(release);
            });
            await(() -> assertTrue("no tick waits", queue.size() > queueLength(threads)));
        } finally {
            release.countDown();
        }
        call("DELETE", "/_plugins/_ralm/feeds/news", null);
        await(() -> assertEquals(0, refreshedShards()));
    }

    private static long queueLength(ThreadPool threads) {
        return threads.info(RefreshService.THREAD_POOL).getQueueSize().singles();
    }

    private static void fill(ExecutorService pool) {
        for (int i = 0; i <= 1_000; i++) {
            pool.execute(() -> {});
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
