package org.opensearch.ralm.plugin.refresh;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.lucene.store.FSDirectory;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestMemory;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.RefreshRules;
import org.opensearch.ralm.plugin.feed.SeedRules;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.test.OpenSearchTestCase;

/** What the largest candidate takes; slow and large, so only on request: {@code -Dralm.large=true}. */
public class ManySeedsTests extends OpenSearchTestCase {

    private static final int DIMENSION = 128;
    private static final int SEEDS = 3_000_000;
    private static final int SURPLUS = 50_000;
    private static final long MEGABYTE = 1 << 20;

    public void testACandidateWithAllTheSeedsItMayHaveIsCountedInBoundedMemory() throws Exception {
        assumeTrue("asked for by -Dralm.large=true", Boolean.getBoolean("ralm.large"));
        LookalikeModel model =
                new LookalikeModel(TestModels.artifact("m1", DIMENSION, LookalikeForm.DEFAULT, new Random(1)));
        SeedRules seeds = new SeedRules(20, Encoding.FLOAT32, SEEDS, 20_000, 100);
        RefreshRules refresh = new RefreshRules(TimeValue.timeValueSeconds(5), TimeValue.timeValueMinutes(5), 0.5);
        BlockMaker maker = new BlockMaker(
                new Feed("news", "articles", "clicks", "users", "m1", "ralm.seeds", seeds, refresh), model);
        try (FSDirectory directory = FSDirectory.open(createTempDir());
                ClickIndex index = new ClickIndex(directory)) {
            Random random = new Random(2);
            Instant begin = Instant.parse("2026-01-01T00:00:00Z");
            for (int u = 0; u < SEEDS + SURPLUS; u++) {
                float[] vector = TestModels.unitVector(DIMENSION, random);
                index.writeOnce(u, "a", "user-" + u, begin.plusSeconds(u / 10), "m1", vector);
            }
            try (ClickSnapshot snapshot = index.snapshot("m1", SEEDS + SURPLUS)) {
                count(snapshot, maker, begin);
            }
        }
    }

    private void count(ClickSnapshot snapshot, BlockMaker maker, Instant now) throws Exception {
        SeedCounter counter = new SeedCounter(
                snapshot, maker, "uuid/0", Long.MAX_VALUE, TestMemory.plenty().memory(), now);
        long start = System.nanoTime();
        counter.count("a", null, false);
        double seconds = (System.nanoTime() - start) / 1e9;
        long before = liveBytes();
        AtomicLong peak = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        Thread watch = new Thread(() -> {
            while (done.get() == false) {
                peak.accumulateAndGet(liveBytes() - before, Math::max);
            }
        });
        watch.start();
        Recount recount = counter.count("a", null, false);
        done.set(true);
        watch.join();
        logger.info(
                "[{}] seeds counted from scratch in [{}] s, [{}] MB live at most",
                SEEDS,
                seconds,
                peak.get() / MEGABYTE);
        assertEquals(SEEDS, recount.seeds().block().clusters().seeds());
        assertEquals(10_000, recount.surplus().size());
        assertTrue(peak.get() / MEGABYTE + " MB", peak.get() < 200 * MEGABYTE);
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
