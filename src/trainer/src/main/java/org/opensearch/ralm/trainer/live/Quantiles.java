package org.opensearch.ralm.trainer.live;

import java.util.Arrays;
import java.util.Collection;

/** Quantiles of a sample: always one of its values, the least that so large a share of the sample does not exceed. */
public final class Quantiles {

    private final double[] sorted;

    /** Takes a sample, which is not changed. */
    public Quantiles(double[] sample) {
        this.sorted = sample.clone();
        Arrays.sort(sorted);
    }

    /** Takes a sample, which is not changed. */
    public static Quantiles of(Collection<? extends Number> sample) {
        return new Quantiles(sample.stream().mapToDouble(Number::doubleValue).toArray());
    }

    /** How many values there are. */
    public int size() {
        return sorted.length;
    }

    /**
     * A quantile.
     *
     * @param share above 0 and at most 1: 0.5 for the median, 1 for the largest value
     * @return NaN if the sample is empty
     */
    public double at(double share) {
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.ceil(share * sorted.length) - 1];
    }
}
