package org.opensearch.ralm.trainer.synthetic;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.opensearch.ralm.trainer.data.Events;

/**
 * Draws the clicks in order of time: a user by activity, then an item that the user has not clicked yet, by popularity
 * times affinity or, in a noisy click, by popularity alone. Popularity moves in steps of a few hours.
 */
final class Clicks {
    /** 2026-01-01T00:00:00Z. */
    private static final long START = 1_767_225_600;

    private static final int DAY = 86_400;
    private static final int STEP = 4 * 3_600;
    /** After so many items refused a user is taken to have nothing left to click. */
    private static final int ITEM_TRIES = 20_000;

    private static final int USER_TRIES = 100;

    private final SyntheticFeedOptions options;
    private final List<LatentItem> items;
    private final Affinity affinity;
    private final Weights activity;
    private final BitSet[] clicked;
    private final Random random;
    private final Weights popularity;
    private final Weights boundedAffinity;

    Clicks(
            SyntheticFeedOptions options,
            List<LatentUser> users,
            List<LatentItem> items,
            Affinity affinity,
            Random random) {
        this.options = options;
        this.items = items;
        this.affinity = affinity;
        this.random = random;
        activity = new Weights(users.size());
        users.forEach(user -> activity.add(user.activity()));
        clicked = new BitSet[users.size()];
        Arrays.setAll(clicked, user -> new BitSet());
        popularity = new Weights(items.size());
        boundedAffinity = new Weights(items.size());
    }

    /** The day of the feed, with its fraction, that a moment in seconds belongs to. */
    static double day(long time) {
        return (double) (time - START) / DAY;
    }

    Events draw() {
        Events.Builder events = new Events.Builder();
        int[] seconds =
                random.ints(options.events(), 0, options.days() * DAY).sorted().toArray();
        int step = -1;
        for (int second : seconds) {
            if (second / STEP != step) {
                step = second / STEP;
                weighItems((step + 0.5) * STEP / DAY);
            }
            addClick(events, START + second);
        }
        return events.build();
    }

    private void weighItems(double day) {
        popularity.clear();
        boundedAffinity.clear();
        for (int item = 0; item < items.size(); item++) {
            double weight = items.get(item).popularity(day);
            popularity.add(weight);
            boundedAffinity.add(weight * affinity.bound(item));
        }
    }

    private void addClick(Events.Builder events, long time) {
        for (int attempt = 0; attempt < USER_TRIES && popularity.total() > 0; attempt++) {
            int user = activity.draw(random);
            int item = random.nextDouble() < options.noise() ? drawNoise(user) : drawByAffinity(user);
            if (item >= 0) {
                clicked[user].set(item);
                events.add(user, item, time);
                return;
            }
        }
        throw new IllegalArgumentException("after " + events.size() + " of " + options.events()
                + " events nobody finds an item left to click; ask for more items, fewer events or fewer days");
    }

    private int drawNoise(int user) {
        for (int attempt = 0; attempt < ITEM_TRIES; attempt++) {
            int item = popularity.draw(random);
            if (!clicked[user].get(item)) {
                return item;
            }
        }
        return -1;
    }

    /** Draws by an upper bound of the affinity and keeps what passes a second draw: exact, and few affinities. */
    private int drawByAffinity(int user) {
        for (int attempt = 0; attempt < ITEM_TRIES; attempt++) {
            int item = boundedAffinity.draw(random);
            boolean kept = random.nextDouble() * affinity.bound(item) < affinity.of(user, item);
            if (kept && !clicked[user].get(item)) {
                return item;
            }
        }
        return -1;
    }
}
