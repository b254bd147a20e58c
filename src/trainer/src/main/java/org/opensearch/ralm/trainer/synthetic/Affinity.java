package org.opensearch.ralm.trainer.synthetic;

import java.util.List;

/**
 * How many times likelier than the average user a user is to click an item, were there no noise. It falls off steeply
 * with the angle between the user and a part of the item's audience; the mean over users is 1 for every item.
 */
final class Affinity {
    private static final double SHARPNESS = 12;
    /** Users that the mean is taken over; more would not change it. */
    private static final int SAMPLE = 4_096;

    private final List<LatentUser> users;
    private final List<LatentItem> items;
    private final double[] firstFactors;
    private final double[] secondFactors;

    Affinity(List<LatentUser> users, List<LatentItem> items) {
        this.users = users;
        this.items = items;
        List<LatentUser> sample = users.subList(0, Math.min(SAMPLE, users.size()));
        firstFactors = items.stream()
                .mapToDouble(item -> item.mixture().firstShare() / meanCloseness(sample, item.first()))
                .toArray();
        secondFactors = items.stream()
                .mapToDouble(item -> (1 - item.mixture().firstShare()) / meanCloseness(sample, item.second()))
                .toArray();
    }

    double of(int user, int item) {
        double[] position = users.get(user).position();
        LatentItem latent = items.get(item);
        double first = firstFactors[item] * closeness(position, latent.first());
        return secondFactors[item] == 0 ? first : first + secondFactors[item] * closeness(position, latent.second());
    }

    /** What the affinity of no user to the item exceeds. */
    double bound(int item) {
        return firstFactors[item] + secondFactors[item];
    }

    private static double meanCloseness(List<LatentUser> users, double[] direction) {
        return users.stream()
                .mapToDouble(user -> closeness(user.position(), direction))
                .average()
                .orElseThrow();
    }

    private static double closeness(double[] position, double[] direction) {
        return StrictMath.exp(SHARPNESS * (Directions.cosine(position, direction) - 1));
    }
}
