package org.opensearch.ralm.plugin.refresh;

import static org.hamcrest.Matchers.containsString;

import java.util.Base64;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import org.opensearch.core.concurrency.OpenSearchRejectedExecutionException;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.block.SeedBlockCodec;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.RalmIntegTestCase;
import org.opensearch.ralm.plugin.TestFeeds;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
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

    public void testNodeThatCannotLoadTheModelSaysSo() throws Exception {
        makeFeed();
        client().admin().indices().prepareDelete(".plugins-ralm-models").get();
        String node = internalCluster().startDataOnlyNode();
        RefreshService service = internalCluster().getInstance(RefreshService.class, node);
        await(() -> assertThat(service.pulse("news").error(), containsString("m1")));
    }

    public void testRefreshByRequestIsDoneWhenAllCandidatesAreRightThatListTheirSeeds() throws Exception {
        LookalikeModel model = upload(artifact("m1", 1));
        createCandidates("articles", 1);
        createFeed("news", "articles", "users", "m1");
        SeedBlock right = model.seedBlock(TestModels.clusters(3, DIMENSION, new Random(5)));
        SeedBlock wrong = new SeedBlock(right.fingerprint(), right.clusters(), new float[DIMENSION]);
        int most = 2 * ListedSeedsRefresh.MOST_CANDIDATES + 1;
        String base64 = Base64.getEncoder().encodeToString(SeedBlockCodec.encode(wrong, Encoding.FLOAT32));
        StringBuilder lines = new StringBuilder();
        for (int c = 0; c < most; c++) {
            lines.append("{\"index\": {\"_index\": \"articles\", \"_id\": \"a" + c + "\"}}\n");
            lines.append("{\"ralm\": {\"seeds\": \"" + base64 + "\"}}\n");
        }
        bulk(lines);
        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        for (int c = 0; c < most; c++) {
            Map<String, Object> candidate = get("/articles/_doc/a" + c);
            assertEquals("a" + c, 2, at(candidate, "_version"));
            assertArrayEquals(right.global(), block(candidate).global(), 1e-5f);
        }
    }

    public void testListedSeedsAreClusteredFromScratchOnRequest() throws Exception {
        LookalikeModel model = upload(artifact("m1", 1));
        createCandidates("articles", 1);
        indexUsers("users", "m1", 10, 3);
        createFeed("news", "articles", "users", "m1");
        createPipeline("news");
        put("/articles/_doc/a?pipeline=ralm", "{\"seed_users\": [\"u1\", \"u2\"]}");
        Map<String, float[]> users = indexUsers("others", "m1", 10, 4);
        put("/users/_doc/u1?refresh=true", "{\"model\": \"m1\", \"vector\": " + json(users.get("u1")) + "}");
        put("/users/_doc/u2?refresh=true", "{\"model\": \"m1\", \"vector\": " + json(users.get("u2")) + "}");

        call("POST", "/_plugins/_ralm/feeds/news/_refresh", null);
        assertEquals(1, at(get("/articles/_doc/a"), "_version"));
        for (int time = 0; time < 2; time++) {
            call("POST", "/_plugins/_ralm/feeds/news/_refresh?recluster=true", null);
            assertEquals("what is as it should be is not written", 2, at(get("/articles/_doc/a"), "_version"));
        }
        TreeMap<String, float[]> seeds = new TreeMap<>(Map.of("u1", users.get("u1"), "u2", users.get("u2")));
        SeedBlock expected = new BlockMaker(TestFeeds.feed("users", "m1", 4), model).fromScratch("a", seeds);
        assertEquals(expected, block(get("/articles/_doc/a")));
    }
}
