package org.opensearch.ralm.trainer.simulation;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * How the days are replayed.
 *
 * @param slots items shown at each visit, 1 or more
 * @param share of the slots that look-alike fills for the treatment, in [0, 1]
 * @param exploration share of the slots filled at random for both, in [0, 1]
 * @param popularityWeight how much the recent clicks count beside the look-alike score, 0 or more
 * @param refreshHours what recommenders know of clicks is brought up to date every so many hours, 1 or more
 * @param clickRate of items shown at random when the replay begins, about; in (0, 0.5]
 * @param replays how many times, each with another split of the users and other chances, 1 or more
 * @param resamples of replays and users, for the intervals, 1 or more
 * @param level of the intervals, in (0, 1)
 * @param seed of all random choices
 */
@JsonNaming(SnakeCaseStrategy.class)
public record SimulationOptions(
        int slots,
        double share,
        double exploration,
        double popularityWeight,
        int refreshHours,
        double clickRate,
        int replays,
        int resamples,
        double level,
        long seed) {

    /** Ten slots, three of them for look-alike and one for chance; what is known is four hours old at most. */
    public static final SimulationOptions DEFAULT =
            new SimulationOptions(10, 0.3, 0.1, 0.5, 4, 0.02, 5, 1_000, 0.95, 42);

    public SimulationOptions {
        check(slots >= 1, "slots", slots, "1 or more");
        check(share >= 0 && share <= 1, "share", share, "a share in [0, 1]");
        check(exploration >= 0 && exploration <= 1, "exploration", exploration, "a share in [0, 1]");
        check(
                Math.round(share * slots) + Math.round(exploration * slots) <= slots,
                "share",
                share,
                "no more than exploration leaves of the slots");
        check(
                popularityWeight >= 0 && popularityWeight < Double.POSITIVE_INFINITY,
                "popularity_weight",
                popularityWeight,
                "0 or more");
        check(refreshHours >= 1, "refresh_hours", refreshHours, "1 or more");
        check(clickRate > 0 && clickRate <= 0.5, "click_rate", clickRate, "above 0 and at most 0.5");
        check(replays >= 1, "replays", replays, "1 or more");
        check(resamples >= 1, "resamples", resamples, "1 or more");
        check(level > 0 && level < 1, "level", level, "above 0 and below 1");
    }

    /** The slots that look-alike fills for the treatment. */
    int lookalikeSlots() {
        return (int) Math.round(share * slots);
    }

    /** The slots filled at random. */
    int randomSlots() {
        return (int) Math.round(exploration * slots);
    }

    private static void check(boolean holds, String name, Object value, String expected) {
        if (!holds) {
            throw new IllegalArgumentException("[" + name + "] is [" + value + "], expected " + expected);
        }
    }
}
