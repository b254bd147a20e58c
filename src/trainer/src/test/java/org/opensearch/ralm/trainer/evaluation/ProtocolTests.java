package org.opensearch.ralm.trainer.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.baseline.Popularity;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.data.Timing;
import org.opensearch.ralm.trainer.data.Vocabulary;

final class ProtocolTests {
    private static final int USERS = 300;
    private static final int ITEMS = 60;
    private static final Protocol PROTOCOL = new Protocol(20, 10, 7);

    private final Dataset dataset = randomClicks();
    private final Events events = dataset.events();
    private final SeedIndex seeds = SeedIndex.of(events, ITEMS);
    private final TimeSplit split = TimeSplit.of(events, 0.5, 0.2);
    private final List<TestBlock> blocks = PROTOCOL.testBlocks(dataset, seeds, split);

    @Test
    void poolHoldsTheItemsWithEnoughDistinctEarlierClickers() {
        for (TestBlock block : blocks) {
            int[] expected = IntStream.range(0, ITEMS)
                    .filter(item -> clickersBefore(item, block.block().start()).size() >= 20)
                    .toArray();
            assertArrayEquals(expected, block.pool());
            assertTrue(expected.length > 0 && expected.length < ITEMS);
        }
    }

    @Test
    void aPoolOfSomeAgeHoldsTheItemsWithEnoughDistinctClickersInThatTime() {
        Dataset fast = dataset.withTiming(new Timing(500, 1_000));
        List<TestBlock> ofFast = PROTOCOL.testBlocks(fast, seeds, split);
        assertEquals(blocks.size(), ofFast.size());
        for (int i = 0; i < ofFast.size(); i++) {
            long start = ofFast.get(i).block().start();
            int[] expected = IntStream.range(0, ITEMS)
                    .filter(item -> clickers(item, start - 1_000, start).size() >= 20)
                    .toArray();
            assertArrayEquals(expected, ofFast.get(i).pool());
            assertTrue(expected.length > 0 && expected.length < blocks.get(i).pool().length);
        }
    }

    @Test
    void casesAreFirstClicksOnPoolItemsByUsersWithEarlierClicks() {
        for (TestBlock block : blocks) {
            Set<List<Integer>> seen = new HashSet<>();
            Set<Integer> known = new HashSet<>();
            Set<List<Long>> cases = new HashSet<>();
            for (int event = 0; event < block.block().endEvent(); event++) {
                int user = events.user(event);
                int item = events.item(event);
                boolean first = seen.add(List.of(user, item));
                if (event < block.block().firstEvent()) {
                    known.add(user);
                } else if (first && known.contains(user) && Arrays.binarySearch(block.pool(), item) >= 0) {
                    cases.add(List.of((long) user, (long) item, events.time(event)));
                }
            }
            Set<List<Long>> actual = new HashSet<>();
            for (int row = 0; row < block.cases(); row++) {
                actual.add(List.of((long) block.users()[row], (long) block.items()[row], block.times()[row]));
            }
            assertEquals(cases, actual);
            assertEquals(cases.size(), block.cases());
        }
        assertFalse(blocks.isEmpty());
    }

    @Test
    void negativesAreOthersClicksOfTheBlockThatTheUserHasNotClickedByItsEnd() {
        for (TestBlock block : blocks) {
            for (int row = 0; row < block.cases(); row++) {
                assertEquals(10, block.negatives().size(row));
                for (int i = block.negatives().start(row); i < block.negatives().end(row); i++) {
                    int item = block.negatives().id(i);
                    assertTrue(Arrays.binarySearch(block.pool(), item) >= 0);
                    Set<Integer> before = clickersBefore(item, block.block().start());
                    Set<Integer> byEnd = clickersBefore(item, block.block().end());
                    assertFalse(byEnd.contains(block.users()[row]));
                    assertTrue(byEnd.size() > before.size() || clickedInBlock(item, block));
                }
            }
        }
    }

    @Test
    void firstUsersKeepAllTheirCasesAndNegatives() {
        TestBlock block = blocks.get(0);
        TestBlock few = block.ofFirstUsers(3);
        assertEquals(3, IntStream.of(few.users()).distinct().count());
        Set<Integer> users = new HashSet<>(IntStream.of(few.users()).boxed().toList());
        int kept = 0;
        for (int row = 0; row < block.cases(); row++) {
            if (users.contains(block.users()[row])) {
                assertEquals(block.items()[row], few.items()[kept]);
                assertEquals(block.times()[row], few.times()[kept]);
                assertEquals(
                        block.negatives().id(block.negatives().start(row)),
                        few.negatives().id(few.negatives().start(kept)));
                kept++;
            }
        }
        assertEquals(kept, few.cases());
    }

    @Test
    void randomUsersKeepAllTheirCasesAndAreTheSameAgain() {
        TestBlock block = blocks.get(0);
        TestBlock few = block.ofRandomUsers(10, 4);
        assertArrayEquals(few.users(), block.ofRandomUsers(10, 4).users());
        Set<Integer> users = new HashSet<>(IntStream.of(few.users()).boxed().toList());
        assertEquals(10, users.size());
        assertEquals(IntStream.of(block.users()).filter(users::contains).count(), few.cases());
        assertEquals(block, block.ofRandomUsers(USERS, 4));
    }

    @Test
    void theSameSeedGivesTheSameCases() {
        List<TestBlock> again = PROTOCOL.testBlocks(dataset, seeds, split);
        assertEquals(blocks.size(), again.size());
        for (int i = 0; i < blocks.size(); i++) {
            assertArrayEquals(blocks.get(i).users(), again.get(i).users());
            assertArrayEquals(
                    blocks.get(i).negatives().ids(), again.get(i).negatives().ids());
        }
    }

    @Test
    void measuresAnOracleAsPerfectAndPopularityAsChance() {
        Scorer oracle = oracle(item -> true);
        Measurement perfect = Measurement.of(oracle, blocks, dataset.history());
        assertEquals(1, perfect.auc(), 1e-12);
        assertEquals(1, perfect.gauc(), 1e-12);
        assertEquals(1, perfect.precisionAt10(), 1e-12);
        assertEquals(1, perfect.precisionAt50(), 1e-12);

        Measurement popularity = Measurement.of(new Popularity(seeds, Popularity.ALL_TIME), blocks, dataset.history());
        assertEquals(0.5, popularity.auc(), 0.06);
        assertEquals(perfect.rankings(), popularity.rankings());
    }

    @Test
    void tellsKnownItemsFromNewOnes() {
        IntPredicate known = item -> item % 2 == 0;
        Measurement half = Measurement.of(oracle(known), blocks, dataset.history(), known, List.of());
        assertEquals(1, half.knownItemsAuc(), 1e-12);
        assertEquals(0.5, half.newItemsAuc(), 1e-12);
        assertTrue(half.auc() > 0.5 && half.auc() < 1);
    }

    /** Knows who will click the items that it knows, and nothing of the others. */
    private Scorer oracle(IntPredicate known) {
        return (block, users, times, candidates) -> {
            float[] scores = new float[candidates.ids().length];
            for (int row = 0; row < candidates.rows(); row++) {
                for (int i = candidates.start(row); i < candidates.end(row); i++) {
                    int item = candidates.id(i);
                    boolean clicks = dataset.history().clickedBefore(users[row], item, block.end());
                    scores[i] = clicks && known.test(item) ? 1 : 0;
                }
            }
            return scores;
        };
    }

    @Test
    void rankingsLeaveOutWhatTheUserClickedBeforeTheBlock() {
        int[] calls = {0};
        Scorer checking = (block, users, times, candidates) -> {
            for (int row = 0; row < users.length && times[row] == block.start(); row++) {
                calls[0]++;
                for (int i = candidates.start(row); i < candidates.end(row); i++) {
                    assertFalse(dataset.history().clickedBefore(users[row], candidates.id(i), block.start()));
                }
            }
            return new float[candidates.ids().length];
        };
        int rankings = Measurement.of(checking, blocks, dataset.history()).rankings();
        assertTrue(calls[0] >= rankings && rankings > 0);
    }

    @Test
    void popularityCountsClicksInItsWindowBeforeTheBlock() {
        Popularity recent = new Popularity(seeds, 100);
        long expected = IntStream.range(0, events.size())
                .filter(event -> events.item(event) == 3 && events.time(event) >= 900 && events.time(event) < 1_000)
                .count();
        assertEquals(expected, recent.clicks(3, 1_000));
        assertThrows(IllegalArgumentException.class, () -> new Popularity(seeds, 0));
    }

    @Test
    void refusesAProtocolWithoutSeedsOrNegatives() {
        String message = assertThrows(IllegalArgumentException.class, () -> new Protocol(0, 1, 0))
                .getMessage();
        assertEquals("[min_seeds] must be 1 or more, got 0", message);
        assertThrows(IllegalArgumentException.class, () -> new Protocol(1, 0, 0));
    }

    private Set<Integer> clickersBefore(int item, long time) {
        return clickers(item, Long.MIN_VALUE, time);
    }

    private Set<Integer> clickers(int item, long from, long time) {
        Set<Integer> clickers = new HashSet<>();
        for (int event = 0; event < events.size(); event++) {
            if (events.item(event) == item && events.time(event) >= from && events.time(event) < time) {
                clickers.add(events.user(event));
            }
        }
        return clickers;
    }

    private boolean clickedInBlock(int item, TestBlock block) {
        return seeds.clicks(item, block.block().start(), block.block().end()) > 0;
    }

    /** Clicks without any taste: items skewed in popularity, users alike. */
    private static Dataset randomClicks() {
        Random random = new Random(1);
        Events.Builder builder = new Events.Builder();
        for (int i = 0; i < 5_000; i++) {
            int item = (int) (ITEMS * Math.pow(random.nextDouble(), 4));
            builder.add(random.nextInt(USERS), item, random.nextInt(5_000));
        }
        Vocabulary users =
                Vocabulary.of(IntStream.range(0, USERS).mapToObj(i -> "u" + i).toList());
        Vocabulary items =
                Vocabulary.of(IntStream.range(0, ITEMS).mapToObj(i -> "i" + i).toList());
        return Dataset.of("random", users, items, List.of(), builder.build(), List.of())
                .withTiming(new Timing(500, Timing.EVER));
    }
}
