package org.opensearch.ralm.trainer.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeedOptions;

class SimulationTests {
    private static final String WORLD = "users=400,items=120,events=8000,days=10,interests=5";
    private static final SyntheticFeed FEED = SyntheticFeed.generate(SyntheticFeedOptions.parse(WORLD));
    private static final Channel POPULARITY = (snapshot, users) -> {
        double[] popularity = snapshot.logPopularity();
        float[] scores = new float[popularity.length];
        IntStream.range(0, scores.length).forEach(place -> scores[place] = (float) popularity[place]);
        float[][] rows = new float[users.length][];
        Arrays.fill(rows, scores);
        return rows;
    };

    @Test
    void intervalsOfTwoEqualArmsCoverZeroAsOftenAsTheySay() {
        int runs = 20;
        long covered = IntStream.range(0, runs)
                .filter(seed ->
                        run(FEED, POPULARITY, options(0, seed)).change("ctr").coversZero())
                .count();

        assertTrue(covered >= runs - 4, covered + " of " + runs);
    }

    @Test
    void aRecommenderThatKnowsTheTruthRaisesClicks() {
        Change ctr = run(FEED, truth(FEED), options(0.3, 1)).change("ctr");

        assertTrue(ctr.low() > 0, ctr.toString());
        assertEquals(ctr.treatment() / ctr.control() - 1, ctr.relativeChange(), 1e-12);
    }

    @Test
    void whereNobodyPrefersAnythingTasteRaisesNoClicks() {
        SyntheticFeed tasteless = SyntheticFeed.generate(SyntheticFeedOptions.parse(WORLD + ",noise=0.999"));
        Channel taste = (snapshot, users) -> Arrays.stream(users)
                .mapToObj(user -> scores(snapshot, item -> tasteless.affinity(user, item)))
                .toArray(float[][]::new);

        Change ctr = run(tasteless, taste, options(0.3, 1)).change("ctr");

        assertTrue(ctr.low() <= 0, ctr.toString());
    }

    @Test
    void equalSeedsGiveEqualResultsAndOthersDoNot() {
        SimulationResult once = run(FEED, truth(FEED), options(0.3, 7));

        assertEquals(once, run(FEED, truth(FEED), options(0.3, 7)));
        assertNotEquals(once.changes(), run(FEED, truth(FEED), options(0.3, 8)).changes());
    }

    @Test
    void recommendersKnowNoClickOfTheirOwnTimeAndNoneOfTheOtherArm() {
        ConcurrentHashMap<Long, Integer> clicks = new ConcurrentHashMap<>();
        int first = FEED.dataset().events().size() * 4 / 5;
        Channel watching = (snapshot, users) -> {
            Events known = snapshot.clicks().events();
            assertTrue(known.time(known.size() - 1) < snapshot.time() || known.size() == first);
            clicks.merge(snapshot.time(), known.size(), Math::max);
            return POPULARITY.score(snapshot, users);
        };

        new Simulation(FEED, first, watching, POPULARITY, options(0, 3)).run("", replay -> {});

        assertEquals(
                first, clicks.values().stream().mapToInt(size -> size).min().orElseThrow());
        assertTrue(clicks.values().stream().mapToInt(size -> size).max().orElseThrow() > first);
    }

    @Test
    void readersClickMoreOftenWhatAppealsMoreAndNothingDead() {
        long time = FEED.dataset().events().time(FEED.dataset().events().size() / 2);
        Readers readers = new Readers(FEED, 0.02, time, 1);
        int[] alive = Snapshot.alive(FEED, time);
        BitSet living = new BitSet();
        Arrays.stream(alive).forEach(living::set);

        double mean = new Random(1)
                .ints(20_000, 0, 400)
                .mapToDouble(user -> readers.clickProbability(user, alive[user % alive.length], time))
                .average()
                .orElseThrow();

        assertEquals(0.02, mean, 0.006);
        for (int item = 0; item < 120; item++) {
            assertEquals(living.get(item), readers.clickProbability(0, item, time) > 0);
        }
    }

    @Test
    void whatIsOutOfRangeIsRefusedByName() {
        assertRefused("slots", () -> new SimulationOptions(0, 0.3, 0.1, 0.5, 4, 0.02, 1, 10, 0.95, 1));
        assertRefused("share", () -> new SimulationOptions(10, 0.95, 0.1, 0.5, 4, 0.02, 1, 10, 0.95, 1));
        assertRefused("share", () -> new SimulationOptions(10, Double.NaN, 0.1, 0.5, 4, 0.02, 1, 10, 0.95, 1));
        assertRefused("click_rate", () -> new SimulationOptions(10, 0.3, 0.1, 0.5, 4, 0, 1, 10, 0.95, 1));
        assertRefused("level", () -> new SimulationOptions(10, 0.3, 0.1, 0.5, 4, 0.02, 1, 10, 1, 1));
    }

    private static void assertRefused(String name, Executable made) {
        String message = assertThrows(IllegalArgumentException.class, made).getMessage();
        assertTrue(message.startsWith("[" + name + "] is "), message);
    }

    private static Channel truth(SyntheticFeed feed) {
        return (snapshot, users) -> Arrays.stream(users)
                .mapToObj(user -> scores(snapshot, item -> feed.appeal(user, item, snapshot.time())))
                .toArray(float[][]::new);
    }

    private static float[] scores(Snapshot snapshot, IntToDoubleFunction score) {
        float[] scores = new float[snapshot.candidates().length];
        IntStream.range(0, scores.length)
                .forEach(place -> scores[place] = (float) score.applyAsDouble(snapshot.candidates()[place]));
        return scores;
    }

    private static SimulationResult run(SyntheticFeed feed, Channel lookalike, SimulationOptions options) {
        int first = feed.dataset().events().size() * 4 / 5;
        return new Simulation(feed, first, POPULARITY, lookalike, options).run("test", replay -> {});
    }

    private static SimulationOptions options(double share, long seed) {
        return new SimulationOptions(10, share, 0.1, 0.5, 4, 0.02, 3, 200, 0.95, seed);
    }
}
