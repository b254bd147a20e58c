package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.store.Directory;
import org.junit.After;
import org.junit.Before;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.common.breaker.CircuitBreakingException;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.block.Encoding;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.TestMemory;
import org.opensearch.ralm.plugin.TestModels;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.RefreshRules;
import org.opensearch.ralm.plugin.feed.SeedRules;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.test.OpenSearchTestCase;

public class SeedCounterTests extends OpenSearchTestCase {

    private static final int DIMENSION = 8;
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Memory PLENTY = TestMemory.plenty().memory();

    private Directory directory;
    private ClickIndex index;
    private LookalikeModel model;
    private final Map<String, float[]> vectors = new HashMap<>();
    private long seqNo = -1;

    @Before
    public void openIndex() throws IOException {
        directory = newDirectory();
        index = new ClickIndex(directory);
        model = new LookalikeModel(TestModels.artifact("m1", DIMENSION, LookalikeForm.DEFAULT, new Random(1)));
    }

    @After
    public void closeIndex() throws IOException {
        index.close();
        directory.close();
    }

    private BlockMaker maker(int maxSeeds, double growth) {
        SeedRules seeds = new SeedRules(4, Encoding.FLOAT32, maxSeeds, 100, 3);
        RefreshRules refresh = new RefreshRules(TimeValue.timeValueSeconds(1), TimeValue.timeValueMinutes(5), growth);
        return new BlockMaker(
                new Feed("news", "articles", "clicks", "users", "m1", "ralm.seeds", seeds, refresh), model);
    }

    private float[] vector(String user) {
        return vectors.computeIfAbsent(user, u -> TestModels.unitVector(DIMENSION, new Random(u.hashCode())));
    }

    private void click(String... users) throws IOException {
        for (String user : users) {
            index.write(++seqNo, "a", user, NOW.minusSeconds(60), "m1", vector(user));
        }
    }

    private Recount count(BlockMaker maker, CountedSeeds stored, boolean recluster, Instant now) throws IOException {
        try (ClickSnapshot snapshot = index.snapshot("m1", seqNo)) {
            return new SeedCounter(snapshot, maker, "uuid/0", -1, PLENTY, now).count("a", stored, recluster);
        }
    }

    private SeedBlock fromScratch(BlockMaker maker, Iterable<String> users) {
        TreeMap<String, float[]> seeds = new TreeMap<>();
        users.forEach(user -> seeds.put(user, vector(user)));
        return maker.fromScratch("a", seeds);
    }

    public void testTheFirstClicksAreClusteredFromScratch() throws IOException {
        BlockMaker maker = maker(1000, 10);
        click("u1", "u2", "u3", "u4", "u5");
        Recount recount = count(maker, null, false, NOW);
        assertEquals(
                fromScratch(maker, List.of("u1", "u2", "u3", "u4", "u5")),
                recount.seeds().block());
        assertEquals(new ClickCounts(5, 0, 5, 5), recount.counts());
        assertEquals(4, recount.seeds().seqNo());
        assertEquals(5, recount.received().size());
        assertFalse(recount.seeds().hasMoved());
    }

    public void testNewSeedsMoveTheMeansAndRepeatedOnesDoNot() throws IOException {
        BlockMaker maker = maker(1000, 10);
        click("u1", "u2", "u3", "u4", "u5");
        CountedSeeds first = count(maker, null, false, NOW).seeds();
        click("u2", "u6", "u5");
        Recount recount = count(maker, first, false, NOW);
        assertEquals(
                maker.extended(first.block(), List.of(vector("u6"))),
                recount.seeds().block());
        assertEquals(6, recount.counts().seeds());
        assertTrue(recount.seeds().hasMoved());
        assertEquals(1, recount.received().size());

        click("u1", "u6");
        assertNull(
                "repeated clicks change nothing",
                count(maker, recount.seeds(), false, NOW).seeds());
    }

    public void testSeedsAreClusteredAgainByGrowthAndByAge() throws IOException {
        BlockMaker maker = maker(1000, 0.5);
        click("u1", "u2", "u3", "u4");
        CountedSeeds first = count(maker, null, false, NOW).seeds();
        click("u5");
        CountedSeeds moved = count(maker, first, false, NOW.plusSeconds(60)).seeds();
        assertEquals(NOW, moved.clusteredAt());
        CountedSeeds aged = count(maker, moved, false, NOW.plusSeconds(300)).seeds();
        assertEquals(NOW.plusSeconds(300), aged.clusteredAt());
        assertEquals(fromScratch(maker, List.of("u1", "u2", "u3", "u4", "u5")), aged.block());
        assertNull(
                "nothing moved", count(maker, aged, false, NOW.plusSeconds(900)).seeds());

        click("u6");
        CountedSeeds grown = count(maker, moved, false, NOW.plusSeconds(60)).seeds();
        assertEquals(6, grown.clusteredCount());
    }

    public void testAUserWhoseFirstClicksCannotBeToldFromRepeatedOnesIsCountedOnce() throws IOException {
        BlockMaker maker = maker(1000, 10);
        click("u1", "u2", "u3");
        CountedSeeds first = count(maker, null, false, NOW).seeds();
        click("u4", "u4", "u1");
        CountedSeeds second = count(maker, first, false, NOW).seeds();
        assertEquals(fromScratch(maker, List.of("u1", "u2", "u3", "u4")), second.block());
    }

    public void testDeletedClicksAreNoSeedsAnyMore() throws IOException {
        BlockMaker maker = maker(1000, 10);
        click("u1", "u2");
        CountedSeeds first = count(maker, null, false, NOW).seeds();
        index.delete("a", "u1");
        CountedSeeds second = count(maker, first, false, NOW).seeds();
        assertEquals(fromScratch(maker, List.of("u2")), second.block());
        index.delete("a", "u2");
        CountedSeeds third = count(maker, second, false, NOW).seeds();
        assertNull(third.block());
        assertEquals(0, third.counts().seeds());
        assertNull(count(maker, third, false, NOW).seeds());
    }

    public void testBlocksOfOtherModelsAndShardsAreMadeAnew() throws IOException {
        BlockMaker maker = maker(1000, 10);
        click("u1", "u2");
        CountedSeeds counted = count(maker, null, false, NOW).seeds();
        CountedSeeds elsewhere =
                new CountedSeeds(counted.block(), false, counted.counts(), NOW, 2, "other/0", counted.seqNo());
        assertEquals("uuid/0", count(maker, elsewhere, false, NOW).seeds().shard());
        SeedBlock foreign =
                new SeedBlock(7, counted.block().clusters(), counted.block().global());
        CountedSeeds other =
                new CountedSeeds(foreign, false, counted.counts(), NOW, 2, counted.shard(), counted.seqNo());
        assertEquals(counted.block(), count(maker, other, false, NOW).seeds().block());
    }

    public void testAPseudoSeedStaysUntilThereAreSeedsEnough() throws IOException {
        model = new LookalikeModel(TestModels.withContent(
                TestModels.artifact("m1", DIMENSION, LookalikeForm.DEFAULT, new Random(1)), "tags"));
        SeedRules seeds = new SeedRules(4, Encoding.FLOAT32, 1000, 100, 3, List.of("tags"));
        RefreshRules refresh = new RefreshRules(TimeValue.timeValueSeconds(1), TimeValue.timeValueMinutes(5), 10);
        BlockMaker maker = new BlockMaker(
                new Feed("news", "articles", "clicks", "users", "m1", "ralm.seeds", seeds, refresh), model);
        Map<String, Object> source = Map.of("tags", "cats");
        SeedBlock pseudo = maker.fromContent(source).orElseThrow();

        click("u1");
        CountedSeeds first = read(count(maker, null, false, NOW).seeds(), source, maker);
        assertTrue(first.content());
        assertEquals(pseudo, first.block());
        assertEquals(1, first.counts().seeds());
        assertFalse(first.hasMoved());

        click("u2");
        CountedSeeds second = read(count(maker, first, false, NOW).seeds(), source, maker);
        assertEquals(pseudo, second.block());
        assertEquals(2, second.counts().seeds());
        assertNull(count(maker, second, false, NOW).seeds());

        click("u3");
        CountedSeeds third = read(count(maker, second, false, NOW).seeds(), source, maker);
        assertFalse(third.content());
        assertEquals(fromScratch(maker, List.of("u1", "u2", "u3")), third.block());

        index.delete("a", "u3");
        CountedSeeds fewer = read(count(maker, third, false, NOW).seeds(), source, maker);
        assertTrue(fewer.content());
        assertEquals(2, fewer.counts().seeds());
    }

    private static CountedSeeds read(CountedSeeds seeds, Map<String, Object> source, BlockMaker maker) {
        Map<String, Object> object = new HashMap<>();
        seeds.describe(object, source, maker, NOW);
        return CountedSeeds.of(object);
    }

    public void testABlockStaysUntilClicksHaveVectorsOfItsModel() throws IOException {
        BlockMaker maker = maker(1000, 10);
        index.write(++seqNo, "a", "u1", NOW, "m0", vector("u1"));
        index.write(++seqNo, "a", "u2", NOW, "m1", null);
        Recount recount = count(maker, null, false, NOW);
        assertNull(recount.seeds());
        assertEquals(new ClickCounts(0, 2, 2, 2), recount.counts());
    }

    public void testClicksOfTheLastHourAndDayAreCounted() throws IOException {
        BlockMaker maker = maker(1000, 10);
        long[] minutes = {0, 60, 61, 24 * 60, 24 * 60 + 1};
        for (long age : minutes) {
            Instant time = NOW.minus(Duration.ofMinutes(age));
            index.write(++seqNo, "a", "u" + age, time, "m1", vector("u" + age));
        }
        CountedSeeds counted = count(maker, null, false, NOW).seeds();
        assertEquals(new ClickCounts(5, 0, 2, 4), counted.counts());
        CountedSeeds later = count(maker, counted, false, NOW.plusSeconds(60)).seeds();
        assertEquals(new ClickCounts(5, 0, 1, 3), later.counts());
        assertEquals(counted.block(), later.block());
    }

    public void testOnlyTheNewestAreSeedsAndTheOthersAreSurplus() throws IOException {
        BlockMaker maker = maker(3, 10);
        int[] ages = {5, 1, 3, 3, 9};
        for (int u = 0; u < ages.length; u++) {
            index.write(++seqNo, "a", "u" + u, NOW.minusSeconds(ages[u]), "m1", vector("u" + u));
        }
        Recount recount = count(maker, null, false, NOW);
        assertEquals(
                fromScratch(maker, List.of("u1", "u2", "u3")), recount.seeds().block());
        assertEquals(
                Set.of(new Recount.Surplus("u0", 0, 1), new Recount.Surplus("u4", 4, 1)),
                Set.copyOf(recount.surplus()));
        assertEquals(3, recount.withoutSurplus(2).seeds().counts().seeds());
        assertEquals(4, recount.withoutSurplus(1).counts().seeds());
    }

    public void testNothingIsSurplusWhileTheClicksAreOfTwoModels() throws IOException {
        BlockMaker maker = maker(3, 10);
        click("u1", "u2", "u3", "u4");
        assertEquals(1, count(maker, null, false, NOW).surplus().size());
        Feed feed = maker.feed().preparing("m2", "users2", NOW);
        assertEquals(
                List.of(), count(new BlockMaker(feed, model), null, false, NOW).surplus());
    }

    public void testWhatAClusteringTakesIsAccountedFor() throws IOException {
        click("u1", "u2");
        try (ClickSnapshot snapshot = index.snapshot("m1", seqNo)) {
            TestMemory room = TestMemory.of(2 * DIMENSION * Float.BYTES);
            SeedCounter counter = new SeedCounter(snapshot, maker(10, 1), "uuid/0", -1, room.memory(), NOW);
            expectThrows(CircuitBreakingException.class, () -> counter.count("a", null, false));
            assertEquals(0, room.getUsed());
            room.limitTo(Long.MAX_VALUE);
            assertNotNull(counter.count("a", null, false).seeds());
            assertTrue(String.valueOf(room.most()), room.most() >= 2 * DIMENSION * Float.BYTES);
            assertEquals(0, room.getUsed());
        }
    }

    /** As writers do: several at a time, so that a write may be seen before one with a smaller number. */
    public void testBlocksAreAFunctionOfTheSeedsHoweverWritesAndSnapshotsFall() throws IOException {
        BlockMaker maker = maker(1000, 0.5);
        Map<String, Long> clicked = new LinkedHashMap<>();
        List<Long> late = new ArrayList<>();
        Map<Long, String> lateUsers = new HashMap<>();
        CountedSeeds stored = null;
        for (int step = 0; step < 200; step++) {
            for (int i = between(0, 12); i > 0; i--) {
                String user = "u" + between(0, 150);
                seqNo++;
                if (between(0, 9) == 0 && lateUsers.containsValue(user) == false) {
                    late.add(seqNo);
                    lateUsers.put(seqNo, user);
                } else if (lateUsers.containsValue(user) == false) {
                    index.write(seqNo, "a", user, NOW, "m1", vector(user));
                    clicked.put(user, seqNo);
                }
            }
            long mark = late.stream()
                    .min(Comparator.naturalOrder())
                    .map(first -> first - 1)
                    .orElse(seqNo);
            boolean recluster = between(0, 9) == 0;
            try (ClickSnapshot snapshot = index.snapshot("m1", mark)) {
                SeedCounter counter = new SeedCounter(snapshot, maker, "uuid/0", -1, PLENTY, NOW.plusSeconds(step));
                Recount recount = counter.count("a", stored, recluster);
                stored = recount.seeds() == null ? stored : throughDocument(recount.seeds(), maker);
            }
            assertEquals(clicked.size(), stored == null ? 0 : stored.counts().seeds());
            if (stored != null) {
                assertEquals(clicked.size(), stored.block().clusters().seeds());
            }
            if (recluster && stored != null) {
                assertEquals(fromScratch(maker, clicked.keySet()), stored.block());
            }
            for (long written : late) {
                index.write(written, "a", lateUsers.get(written), NOW, "m1", vector(lateUsers.get(written)));
                clicked.put(lateUsers.get(written), written);
            }
            late.clear();
            lateUsers.clear();
        }
        assertTrue(clicked.size() > 100);
    }

    private static CountedSeeds throughDocument(CountedSeeds seeds, BlockMaker maker) {
        Map<String, Object> object = new HashMap<>();
        seeds.describe(object, Map.of(), maker, NOW);
        CountedSeeds read = CountedSeeds.of(object);
        assertEquals(seeds, read);
        return read;
    }
}
