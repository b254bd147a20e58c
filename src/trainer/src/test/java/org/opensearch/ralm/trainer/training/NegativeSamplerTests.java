package org.opensearch.ralm.trainer.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.TinyWorld;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.Timing;

/** Negatives of the representation phase: by rank, equation (3), and from the same days. */
final class NegativeSamplerTests {

    private static final int ITEMS = TinyWorld.ITEMS;
    private static final int DRAWS = 200_000;

    /** Item i has ITEMS - i clicks, so that its rank is i; user 0 has one click, on the last item. */
    private static Dataset ranked() {
        Events.Builder events = new Events.Builder();
        for (int item = 0; item < ITEMS; item++) {
            for (int click = 0; click < ITEMS - item; click++) {
                events.add(item == ITEMS - 1 ? 0 : 1 + click, item, 10 + item);
            }
        }
        return TinyWorld.dataset(events.build());
    }

    private static double probability(int rank) {
        return Math.log((rank + 2.0) / (rank + 1.0)) / Math.log(ITEMS + 1.0);
    }

    @Test
    void ranksAreDrawnAsOftenAsEquationThreeSays() {
        Dataset dataset = ranked();
        RankSampler sampler = new RankSampler(dataset, 0, dataset.events().size());
        int[] counts = new int[ITEMS];
        Random random = new Random(1);
        for (int draw = 0; draw < DRAWS; draw++) {
            counts[sampler.rank(random.nextDouble())]++;
        }
        double sum = 0;
        double chiSquare = 0;
        for (int rank = 0; rank < ITEMS; rank++) {
            double expected = DRAWS * probability(rank);
            sum += probability(rank);
            chiSquare += Math.pow(counts[rank] - expected, 2) / expected;
        }
        assertEquals(1, sum, 1e-12);
        // 59 degrees of freedom: mean 59, deviation 10.9.
        assertTrue(chiSquare < 59 + 4 * 10.9, "chi-square " + chiSquare);
    }

    @Test
    void ranksStayWithinTheItems() {
        Dataset dataset = ranked();
        RankSampler sampler = new RankSampler(dataset, 0, dataset.events().size());
        assertEquals(0, sampler.rank(0));
        assertEquals(ITEMS - 1, sampler.rank(Math.nextDown(1.0)));
        assertEquals(ITEMS - 1, sampler.rank(1));
        double previous = 0;
        for (int rank = 0; rank < ITEMS; rank++) {
            previous += probability(rank);
            assertEquals(rank, sampler.rank(previous - 1e-9));
            assertEquals(Math.min(rank + 1, ITEMS - 1), sampler.rank(previous + 1e-9));
        }
    }

    @Test
    void itemsAreDrawnByTheRankOfTheirClicksAndNeverOneTheUserClicked() {
        Dataset dataset = ranked();
        RankSampler sampler = new RankSampler(dataset, 0, dataset.events().size());
        int click = dataset.events().size() - 1;
        assertEquals(0, dataset.events().user(click));
        int[] counts = new int[ITEMS];
        Random random = new Random(2);
        for (int draw = 0; draw < DRAWS; draw++) {
            counts[sampler.draw(click, random)]++;
        }
        assertEquals(0, counts[ITEMS - 1]);
        double others = 1 - probability(ITEMS - 1);
        for (int item = 0; item < ITEMS - 1; item++) {
            double expected = DRAWS * probability(item) / others;
            assertEquals(expected, counts[item], 5 * Math.sqrt(expected), "item " + item);
        }
    }

    @Test
    void probabilitiesAreThoseOfTheDraws() {
        Dataset dataset = ranked();
        int events = dataset.events().size();
        RankSampler byRank = new RankSampler(dataset, 0, events);
        TimeLocalSampler timeLocal = inBlocks(dataset, 1000, 0, events);
        double sum = 0;
        for (int item = 0; item < ITEMS; item++) {
            assertEquals(Math.log(probability(item)), byRank.logProbability(0, item), 1e-12);
            assertEquals(Math.log((ITEMS - item) / (double) events), timeLocal.logProbability(0, item), 1e-12);
            sum += Math.exp(timeLocal.logProbability(0, item));
        }
        assertEquals(1, sum, 1e-12);
    }

    @Test
    void anItemNobodyClickedInTheBlockCountsAsClickedOnce() {
        Dataset dataset = TinyWorld.dataset(
                new Events.Builder().add(0, 1, 0).add(1, 1, 1).add(0, 2, 5000).build());
        TimeLocalSampler sampler = inBlocks(dataset, 1000, 0, 3);
        assertEquals(0, sampler.logProbability(0, 1), 1e-12);
        assertEquals(Math.log(0.5), sampler.logProbability(0, 2), 1e-12);
    }

    @Test
    void onlyClicksOfTheSpanMakeTheRanks() {
        Events.Builder events = new Events.Builder().add(0, 7, 1).add(1, 7, 2).add(2, 8, 3);
        for (int user = 0; user < 20; user++) {
            events.add(user, 9, 4);
        }
        Dataset dataset = TinyWorld.dataset(events.build());
        RankSampler sampler = new RankSampler(dataset, 0, 3);
        int mostFrequent = sampler.draw(2, new FixedRandom(0));
        assertEquals(7, mostFrequent);
        int second = sampler.draw(0, new FixedRandom(probability(0) + 1e-9));
        assertEquals(8, second);
    }

    /** Always the same number. */
    private static final class FixedRandom extends Random {
        private final double value;

        FixedRandom(double value) {
            this.value = value;
        }

        @Override
        public double nextDouble() {
            return value;
        }
    }

    private static TimeLocalSampler inBlocks(Dataset dataset, long seconds, int from, int to) {
        return new TimeLocalSampler(dataset.withTiming(new Timing(seconds, Timing.EVER)), from, to);
    }

    @Test
    void timeLocalNegativesWereClickedByOthersInTheSameBlock() {
        Dataset dataset = TinyWorld.dataset();
        Events events = dataset.events();
        int from = 100;
        int to = events.size() - 500;
        long seconds = 3 * TinyWorld.DAY;
        TimeLocalSampler sampler = inBlocks(dataset, seconds, from, to);
        Random random = new Random(3);
        for (int event = from; event < to; event += 7) {
            long start = events.time(event) - (events.time(event) - events.time(from)) % seconds;
            BitSet inBlock = itemsOfOthers(events, event, start, Math.min(start + seconds, events.time(to)));
            for (int draw = 0; draw < 5; draw++) {
                int negative = sampler.draw(event, random);
                assertTrue(inBlock.get(negative), "item " + negative + " against event " + event);
                assertFalse(dataset.history().clickedBefore(events.user(event), negative, events.time(event) + 1));
            }
        }
    }

    private static BitSet itemsOfOthers(Events events, int click, long start, long end) {
        BitSet items = new BitSet();
        for (int event = 0; event < events.size(); event++) {
            boolean inBlock = events.time(event) >= start && events.time(event) < end;
            if (inBlock && events.user(event) != events.user(click)) {
                items.set(events.item(event));
            }
        }
        return items;
    }

    @Test
    void aUserWhoClickedAllOfABlockGetsSomeItemOfTheDataset() {
        Events events =
                new Events.Builder().add(0, 1, 1).add(0, 2, 2).add(1, 1, 3).build();
        TimeLocalSampler sampler = inBlocks(TinyWorld.dataset(events), 100, 0, 3);
        Random random = new Random(4);
        BitSet drawn = new BitSet();
        for (int draw = 0; draw < 500; draw++) {
            drawn.set(sampler.draw(0, random));
        }
        assertTrue(drawn.cardinality() > 1 && drawn.length() <= ITEMS);
    }
}
