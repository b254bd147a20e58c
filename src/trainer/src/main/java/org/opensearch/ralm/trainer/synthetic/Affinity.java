package org.opensearch.ralm.trainer.synthetic;

import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * How many times likelier than the average user a user is to click an item, were there no noise. It falls off steeply
 * with the angle between the user and a part of the item's audience; the mean over users is 1 for every item.
 */
final class Affinity {
    private static final double SHARPNESS = 16;
    /** Users that the mean is taken over; more would not change it. */
    private static final int SAMPLE = 4_096;

    private final List<LatentUser> users;
    private final List<LatentItem> items;
    /** For each item and part the share of the part divided by the mean closeness of users to it. */
    private final double[][] factors;

    Affinity(List<LatentUser> users, List<LatentItem> items) {
        this.users = users;
        this.items = items;
        List<LatentUser> sample = users.subList(0, Math.min(SAMPLE, users.size()));
        factors = items.stream().map(item -> factors(sample, item)).toArray(double[][]::new);
    }

    double of(int user, int item) {
        double[] position = users.get(user).position();
        double[][] directions = items.get(item).directions();
        double sum = 0;
        for (int part = 0; part < directions.length; part++) {
            sum += factors[item][part] * closeness(position, directions[part]);
        }
        return sum;
    }

    /** What the affinity of no user to the item exceeds. */
    double bound(int item) {
        return DoubleStream.of(factors[item]).sum();
    }

    private static double[] factors(List<LatentUser> users, LatentItem item) {
        double[] factors = new double[item.mixture().parts()];
        Arrays.setAll(factors, part -> item.mixture().share(part) / meanCloseness(users, item.directions()[part]));
        return factors;
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
