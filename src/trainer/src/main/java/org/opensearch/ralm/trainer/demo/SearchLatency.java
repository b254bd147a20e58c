package org.opensearch.ralm.trainer.demo;

import java.util.function.IntConsumer;
import org.opensearch.ralm.trainer.live.Quantiles;

/**
 * How long searches took, as the client saw it.
 *
 * @param p50 the median in milliseconds
 * @param p99 the 99th percentile in milliseconds
 */
public record SearchLatency(double p50, double p99) {

    private static final int WARM_UP = 50;

    /**
     * Searches one after the other.
     *
     * @param search is given the number of the search
     * @param count how many searches are timed, at least 1, after a warm-up
     */
    static SearchLatency measure(IntConsumer search, int count) {
        for (int i = 0; i < WARM_UP; i++) {
            search.accept(i);
        }
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            long begin = System.nanoTime();
            search.accept(i);
            millis[i] = (System.nanoTime() - begin) / 1e6;
        }
        Quantiles quantiles = new Quantiles(millis);
        return new SearchLatency(quantiles.at(0.5), quantiles.at(0.99));
    }
}
