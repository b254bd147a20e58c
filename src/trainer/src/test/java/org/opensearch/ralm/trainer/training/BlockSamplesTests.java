package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Block;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.UserHistory;

/** The samples of the look-alike phase, against what a scan of all events says. */
final class BlockSamplesTests {

    private static final LookalikeOptions OPTIONS = TinyWorld.options(1).lookalike();

    private final Dataset dataset = TinyWorld.dataset();
    private final Events events = dataset.events();
    private final int from = TinyWorld.split(dataset).phase2();
    private final int to = TinyWorld.split(dataset).test();
    private final UserEmbedder embedder = Fixtures.untrainedEmbedder(dataset, 6);
    private final List<BlockSamples> samples = samples(dataset, embedder);
    private final List<Block> blocks = Block.cut(events, from, to, 3 * TinyWorld.DAY);

    private List<BlockSamples> samples(Dataset data, UserEmbedder with) {
        SeedIndex index = SeedIndex.of(data.events(), TinyWorld.ITEMS);
        return BlockSamples.of(data, index, with, from, to, OPTIONS, new EmbeddingRoom(0));
    }

    private Set<Integer> clickersBefore(int item, long time) {
        Set<Integer> clickers = new HashSet<>();
        for (int event = 0; event < events.size() && events.time(event) < time; event++) {
            if (events.item(event) == item) {
                clickers.add(events.user(event));
            }
        }
        return clickers;
    }

    @Test
    void thePoolIsTheItemsWithEnoughSeedsBeforeTheBlockAndTheSeedsAreThose() {
        assertEquals(blocks.size(), samples.size());
        for (int block = 0; block < blocks.size(); block++) {
            BlockSeeds seeds = samples.get(block).seeds();
            long start = blocks.get(block).start();
            int[] expected = IntStream.range(0, TinyWorld.ITEMS)
                    .filter(item -> clickersBefore(item, start).size() >= OPTIONS.minSeeds())
                    .toArray();
            assertArrayEquals(expected, seeds.pool());
            for (int place = 0; place < expected.length; place++) {
                Set<Integer> clickers = clickersBefore(expected[place], start);
                assertEquals(Math.min(clickers.size(), OPTIONS.maxSeeds()), seeds.seedCount(place));
                for (int user = 0; user < TinyWorld.USERS; user++) {
                    assertTrue(seeds.seedPlace(place, user) < 0 || clickers.contains(user));
                }
            }
        }
    }

    @Test
    void positivesAreFirstClicksOnThePoolByUsersWithAPast() {
        for (int block = 0; block < blocks.size(); block++) {
            BlockSamples ofBlock = samples.get(block);
            Set<Integer> pool = new HashSet<>();
            IntStream.of(ofBlock.seeds().pool()).forEach(pool::add);
            Set<List<Integer>> seen = new HashSet<>();
            Set<Integer> known = new HashSet<>();
            List<List<Integer>> expected = new ArrayList<>();
            for (int event = 0; event < blocks.get(block).endEvent(); event++) {
                List<Integer> click = List.of(events.user(event), events.item(event));
                boolean first = seen.add(click);
                if (event < blocks.get(block).firstEvent()) {
                    known.add(events.user(event));
                } else if (first && known.contains(events.user(event)) && pool.contains(events.item(event))) {
                    expected.add(click);
                }
            }
            List<List<Integer>> actual = new ArrayList<>();
            for (int sample = 0; sample < ofBlock.size(); sample++) {
                actual.add(List.of(ofBlock.users()[sample], ofBlock.seeds().pool()[ofBlock.positives()[sample]]));
            }
            assertEquals(expected, actual);
        }
    }

    @Test
    void negativesAreOfThePoolAndNotWhatTheUserClickedByTheBlocksEnd() {
        Random random = new Random(1);
        UserHistory history = dataset.history();
        for (int block = 0; block < blocks.size(); block++) {
            BlockSamples ofBlock = samples.get(block);
            for (int sample = 0; sample < ofBlock.size(); sample++) {
                int[] negatives = ofBlock.negatives(sample, 5, random);
                assertTrue(negatives.length <= 5);
                for (int place : negatives) {
                    int item = ofBlock.seeds().pool()[place];
                    long end = blocks.get(block).end();
                    assertFalse(history.clickedBefore(ofBlock.users()[sample], item, end));
                    assertTrue(clickersBefore(item, end).size()
                            >= clickersBefore(item, blocks.get(block).start()).size());
                }
            }
        }
    }

    @Test
    void targetsAreNotAmongTheSeeds() {
        for (BlockSamples ofBlock : samples) {
            for (int sample = 0; sample < ofBlock.size(); sample++) {
                assertEquals(-1, ofBlock.seeds().seedPlace(ofBlock.positives()[sample], ofBlock.users()[sample]));
            }
        }
    }

    @Test
    void theUsersVectorIsAsOfTheClick() {
        for (int block = 0; block < blocks.size(); block++) {
            BlockSamples ofBlock = samples.get(block);
            FloatRows vectors = ofBlock.universal().rows();
            for (int sample = 0; sample < ofBlock.size(); sample++) {
                int user = ofBlock.users()[sample];
                long time = firstClick(user, ofBlock.seeds().pool()[ofBlock.positives()[sample]]);
                assertTrue(time >= blocks.get(block).start()
                        && time < blocks.get(block).end());
                Dataset past = before(time);
                DMatrixRMaj expected = Fixtures.untrainedEmbedder(past, 6).embed(new int[] {user}, time + 1);
                for (int d = 0; d < 6; d++) {
                    assertEquals((float) expected.get(0, d), vectors.value(sample, d));
                }
                if (sample > 20) {
                    break;
                }
            }
        }
    }

    @Test
    void laterEventsChangeNeitherSamplesNorVectors() {
        Events.Builder otherwise = new Events.Builder();
        Random random = new Random(2);
        for (int event = 0; event < events.size(); event++) {
            boolean past = event < to;
            otherwise.add(
                    past ? events.user(event) : random.nextInt(TinyWorld.USERS),
                    past ? events.item(event) : random.nextInt(TinyWorld.ITEMS),
                    past ? events.time(event) : events.time(to) + random.nextInt(5_000));
        }
        Dataset other = TinyWorld.dataset(otherwise.build());
        List<BlockSamples> others = samples(other, Fixtures.untrainedEmbedder(other, 6));
        assertEquals(samples.size(), others.size());
        for (int block = 0; block < samples.size(); block++) {
            assertEqualSamples(samples.get(block), others.get(block));
        }
    }

    private static void assertEqualSamples(BlockSamples expected, BlockSamples actual) {
        assertArrayEquals(expected.users(), actual.users());
        assertArrayEquals(expected.positives(), actual.positives());
        FloatRows expectedRows = expected.universal().rows();
        FloatRows actualRows = actual.universal().rows();
        for (int sample = 0; sample < expected.size(); sample++) {
            for (int d = 0; d < expectedRows.width(); d++) {
                assertEquals(expectedRows.value(sample, d), actualRows.value(sample, d));
            }
        }
        assertArrayEquals(expected.seeds().pool(), actual.seeds().pool());
        for (int sample = 0; sample < expected.size(); sample++) {
            assertArrayEquals(
                    expected.negatives(sample, 5, new Random(sample)), actual.negatives(sample, 5, new Random(sample)));
        }
    }

    private long firstClick(int user, int item) {
        for (int event = 0; event < events.size(); event++) {
            if (events.user(event) == user && events.item(event) == item) {
                return events.time(event);
            }
        }
        throw new AssertionError("user " + user + " never clicked item " + item);
    }

    private Dataset before(long time) {
        Events.Builder past = new Events.Builder();
        for (int event = 0; event < events.size() && events.time(event) < time; event++) {
            past.add(events.user(event), events.item(event), events.time(event));
        }
        return TinyWorld.dataset(past.build());
    }
}
