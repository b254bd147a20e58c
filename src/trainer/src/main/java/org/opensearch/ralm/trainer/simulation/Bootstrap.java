package org.opensearch.ralm.trainer.simulation;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Confidence intervals of relative changes by the bootstrap: replays, and each of their arms' users, are drawn again with
 * replacement, and the quantiles of what the changes then come to are the ends of the interval. Users alone would not
 * do: what is popular in an arm feeds on itself, and by chance differs between arms more than their users do.
 *
 * @param resamples how many times it is drawn
 * @param level of the intervals, in (0, 1)
 * @param seed of the draws
 */
record Bootstrap(int resamples, double level, long seed) {

    /** The figures of both arms, each the mean over replays. */
    private record Means(double[] control, double[] treatment) {

        double change(Figure figure) {
            return treatment[figure.ordinal()] / control[figure.ordinal()] - 1;
        }
    }

    /**
     * The change of each figure from control to treatment, in the order of {@link Figure}.
     *
     * @param empty makes sums over no users
     */
    List<Change> changes(List<Replay> replays, Supplier<Totals> empty) {
        Means observed = means(replays, users -> empty.get().addAll(users));
        Means[] drawn = IntStream.range(0, resamples)
                .parallel()
                .mapToObj(resample -> {
                    SplittableRandom random = new SplittableRandom(seed + resample);
                    return means(draw(replays, random), users -> empty.get().addAll(draw(users, random)));
                })
                .toArray(Means[]::new);
        return Arrays.stream(Figure.values())
                .map(figure -> change(figure, observed, drawn))
                .toList();
    }

    private Change change(Figure figure, Means observed, Means[] drawn) {
        double[] changes = Arrays.stream(drawn)
                .mapToDouble(means -> means.change(figure))
                .sorted()
                .toArray();
        return new Change(
                figure.key(),
                observed.control[figure.ordinal()],
                observed.treatment[figure.ordinal()],
                observed.change(figure),
                quantile(changes, (1 - level) / 2),
                quantile(changes, (1 + level) / 2));
    }

    private static Means means(List<Replay> replays, Function<List<UserOutcome>, Totals> sum) {
        double[] control = new double[Figure.values().length];
        double[] treatment = new double[control.length];
        for (Replay replay : replays) {
            Totals without = sum.apply(replay.control());
            Totals with = sum.apply(replay.treatment());
            for (Figure figure : Figure.values()) {
                control[figure.ordinal()] += figure.of(without) / replays.size();
                treatment[figure.ordinal()] += figure.of(with) / replays.size();
            }
        }
        return new Means(control, treatment);
    }

    private static <T> List<T> draw(List<T> all, SplittableRandom random) {
        return random.ints(all.size(), 0, all.size()).mapToObj(all::get).toList();
    }

    private static double quantile(double[] ascending, double share) {
        return ascending[(int) Math.round(share * (ascending.length - 1))];
    }
}
