package org.opensearch.ralm.trainer.evaluation;

import java.util.Arrays;

/**
 * The Gini coefficient of how clicks or exposures are spread over items: 0 when all get the same, near 1 when one gets
 * all. Lower is more equal; the paper's "higher is better" is {@code 1 - Gini}.
 */
public final class Gini {

    private Gini() {}

    /**
     * Computes the coefficient.
     *
     * @param counts one non-negative count an item, items without any included
     * @return G = sum over ranks r = 1..n of (2r - n - 1) x_r / (n sum x), x ascending; NaN if all counts are 0
     * @throws IllegalArgumentException if a count is negative
     */
    public static double of(long[] counts) {
        long[] ascending = counts.clone();
        Arrays.sort(ascending);
        if (ascending.length > 0 && ascending[0] < 0) {
            throw new IllegalArgumentException("a count must not be negative, got " + ascending[0]);
        }
        double weighted = 0;
        double total = 0;
        for (int i = 0; i < ascending.length; i++) {
            weighted += (2.0 * (i + 1) - ascending.length - 1) * ascending[i];
            total += ascending[i];
        }
        return weighted / (ascending.length * total);
    }
}
