package org.opensearch.ralm.trainer.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.data.Events;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;
import org.opensearch.ralm.trainer.training.TrainedModel;
import org.opensearch.ralm.trainer.training.Training;

/**
 * The paper's online test, section 6.7, off-policy: the days of a made-up feed that no model has seen are replayed with
 * and without look-alike. Users, split by id, come when they came; what they are shown and click is made anew. Equal
 * inputs give equal results. Immutable.
 */
public final class Simulation {
    private static final int HOUR = 3_600;

    private final SyntheticFeed feed;
    private final int firstVisit;
    private final Channel base;
    private final Channel lookalike;
    private final SimulationOptions options;
    private final Readers readers;
    private final long[] refreshes;

    Simulation(SyntheticFeed feed, int firstVisit, Channel base, Channel lookalike, SimulationOptions options) {
        this.feed = feed;
        this.firstVisit = firstVisit;
        this.base = base;
        this.lookalike = lookalike;
        this.options = options;
        Events events = feed.dataset().events();
        this.readers = new Readers(feed, options.clickRate(), events.time(firstVisit), options.seed());
        this.refreshes = refreshes(events, firstVisit, options.refreshHours());
    }

    /**
     * Look-alike in a part of the slots against the recommender that has them all to itself.
     *
     * @param split its test span is replayed
     * @param taste a training whose representation phase has learned items up to the test
     * @param trained the look-alike model
     */
    public static Simulation of(
            SyntheticFeed feed, TimeSplit split, Training taste, TrainedModel trained, SimulationOptions options) {
        return new Simulation(
                feed,
                split.test(),
                TasteChannel.of(taste),
                new LookalikeChannel(trained, options.popularityWeight()),
                options);
    }

    /**
     * Replays both arms as often as the options say and compares them.
     *
     * @param command is told in the result
     * @param progress is told of each replay that is over, counted from 1
     */
    public SimulationResult run(String command, IntConsumer progress) {
        SplittableRandom seeds = new SplittableRandom(options.seed());
        List<Replay> replays = new ArrayList<>();
        while (replays.size() < options.replays()) {
            replays.add(replay(seeds.nextLong()));
            progress.accept(replays.size());
        }
        int[] places = placesOfShownItems();
        int items = (int) IntStream.of(places).filter(place -> place >= 0).count();
        Bootstrap bootstrap = new Bootstrap(options.resamples(), options.level(), seeds.nextLong());
        Events events = feed.dataset().events();
        return new SimulationResult(
                feed.dataset().name(),
                command,
                options,
                (events.time(events.size() - 1) - refreshes[0]) / 86_400.0,
                events.size() - firstVisit,
                items,
                replays.getFirst().control().size(),
                replays.getFirst().treatment().size(),
                bootstrap.changes(replays, () -> new Totals(places, items)));
    }

    private Replay replay(long seed) {
        SplittableRandom seeds = new SplittableRandom(seed);
        long split = seeds.nextLong();
        return new Replay(
                replay(user -> !isTreated(user, split), null, new Random(seeds.nextLong())),
                replay(
                        user -> isTreated(user, split),
                        options.lookalikeSlots() == 0 ? null : lookalike,
                        new Random(seeds.nextLong())));
    }

    /** By a hash of the user's id, so that a user's arm depends on nothing else. */
    private boolean isTreated(int user, long split) {
        String id = feed.dataset().users().name(user);
        return new SplittableRandom(split + id.hashCode()).nextBoolean();
    }

    private List<UserOutcome> replay(IntPredicate members, Channel withLookalike, Random random) {
        Arm arm = new Arm(
                feed,
                readers,
                base,
                withLookalike,
                new FeedMixer(options.slots(), options.lookalikeSlots(), options.randomSlots()),
                new ArmLog(feed, firstVisit),
                random);
        Events events = feed.dataset().events();
        for (int i = 0; i < refreshes.length; i++) {
            int from = events.firstAtOrAfter(refreshes[i]);
            int to = i + 1 < refreshes.length ? events.firstAtOrAfter(refreshes[i + 1]) : events.size();
            int[] visits = IntStream.range(from, to)
                    .filter(event -> members.test(events.user(event)))
                    .toArray();
            if (visits.length > 0) {
                arm.replay(refreshes[i], visits);
            }
        }
        return arm.outcomes();
    }

    private int[] placesOfShownItems() {
        TreeSet<Integer> shown = new TreeSet<>();
        for (long refresh : refreshes) {
            IntStream.of(Snapshot.alive(feed, refresh)).forEach(shown::add);
        }
        int[] places = new int[feed.dataset().items().size()];
        Arrays.fill(places, -1);
        int next = 0;
        for (int item : shown) {
            places[item] = next++;
        }
        return places;
    }

    private static long[] refreshes(Events events, int firstVisit, int hours) {
        long start = events.time(firstVisit);
        long step = (long) hours * HOUR;
        int steps = (int) ((events.time(events.size() - 1) - start) / step) + 1;
        return IntStream.range(0, steps).mapToLong(i -> start + i * step).toArray();
    }
}
