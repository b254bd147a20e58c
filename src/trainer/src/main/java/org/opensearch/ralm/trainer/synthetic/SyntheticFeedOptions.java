package org.opensearch.ralm.trainer.synthetic;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What a synthetic feed is made of. The defaults give a feed on which a small model trains in about two minutes.
 *
 * @param seed      of everything random
 * @param users     number of users
 * @param items     number of news items
 * @param events    number of clicks; no user clicks an item twice
 * @param days      duration of the feed; items are born and die throughout
 * @param interests number of latent interests that users and items gather around; the more there are, the less the mean of
 *                  several can be told from others
 * @param noise     share of clicks made without regard to interest, in [0, 1)
 */
public record SyntheticFeedOptions(long seed, int users, int items, int events, int days, int interests, double noise) {
    private static final List<String> KEYS = List.of("seed", "users", "items", "events", "days", "interests", "noise");

    public SyntheticFeedOptions {
        checkAtLeast("users", 10, users);
        checkAtLeast("items", 10, items);
        checkAtLeast("events", 1, events);
        checkAtLeast("days", 1, days);
        checkAtLeast("interests", 3, interests);
        if (!(noise >= 0 && noise < 1)) {
            throw new IllegalArgumentException("[noise] is [" + noise + "], expected a share in [0, 1)");
        }
        if (events > (long) users * items / 4) {
            throw new IllegalArgumentException(
                    "[events] is [" + events + "], expected at most a quarter of users x items, "
                            + (long) users * items / 4 + ", for no user clicks an item twice");
        }
    }

    /** 120,000 clicks of 4,000 users on 1,200 items in 20 days; 15 % of them noise. */
    public static SyntheticFeedOptions defaults() {
        return new SyntheticFeedOptions(42, 4_000, 1_200, 120_000, 20, 150, 0.15);
    }

    /**
     * The defaults changed as a text says.
     *
     * @param changes {@code key=value} pairs separated by commas, keys as the components are called; may be empty
     * @throws IllegalArgumentException if a key is unknown or a value does not do
     */
    public static SyntheticFeedOptions parse(String changes) {
        Map<String, String> values = new HashMap<>();
        for (String change : changes.isBlank() ? new String[0] : changes.split(",")) {
            String[] parts = change.strip().split("=", 2);
            if (parts.length != 2) {
                throw new IllegalArgumentException("[" + change.strip() + "] is not of the form key=value");
            }
            if (!KEYS.contains(parts[0])) {
                throw new IllegalArgumentException("unknown option [" + parts[0] + "], expected one of " + KEYS);
            }
            values.put(parts[0], parts[1]);
        }
        SyntheticFeedOptions defaults = defaults();
        return new SyntheticFeedOptions(
                number(values, "seed", defaults.seed, Long::valueOf),
                number(values, "users", defaults.users, Integer::valueOf),
                number(values, "items", defaults.items, Integer::valueOf),
                number(values, "events", defaults.events, Integer::valueOf),
                number(values, "days", defaults.days, Integer::valueOf),
                number(values, "interests", defaults.interests, Integer::valueOf),
                number(values, "noise", defaults.noise, Double::valueOf));
    }

    private static <N extends Number> N number(
            Map<String, String> values, String key, N byDefault, Function<String, N> parse) {
        String value = values.get(key);
        try {
            return value == null ? byDefault : parse.apply(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("[" + key + "] is [" + value + "], expected a number", e);
        }
    }

    private static void checkAtLeast(String name, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException("[" + name + "] is [" + value + "], expected " + least + " or more");
        }
    }
}
