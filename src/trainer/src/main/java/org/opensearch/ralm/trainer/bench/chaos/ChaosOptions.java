package org.opensearch.ralm.trainer.bench.chaos;

import java.nio.file.Path;

/**
 * How much chaos there is to be.
 *
 * @param minutes how long there is load, above 0
 * @param seed of the faults: equal seeds give equal faults in the same order
 * @param directory where cluster and models are kept meanwhile
 */
public record ChaosOptions(double minutes, long seed, Path directory) {

    static final int NODES = 3;
    static final String HEAP = "320m";
    static final int SHARDS = 3;
    static final int REPLICAS = 1;
    static final int CANDIDATES = 300;
    static final int USERS = 5_000;
    static final int DIMENSION = 32;
    static final int CLUSTERS = 8;
    static final String REFRESH_INTERVAL = "5s";

    private static final double WARM_UP = 0.1;
    private static final double CALM = 0.15;
    private static final double MOST_WARM_UP_SECONDS = 60;

    public ChaosOptions {
        if ((minutes > 0 && minutes <= 24 * 60) == false) {
            throw new IllegalArgumentException("minutes is " + minutes + ", expected above 0 and at most a day's");
        }
    }

    /** Load before processes are measured for the first time, and again after the last fault. */
    double warmUpSeconds() {
        return Math.min(WARM_UP * 60 * minutes, MOST_WARM_UP_SECONDS);
    }

    /** Load at the end, without faults. */
    double calmSeconds() {
        return CALM * 60 * minutes;
    }

    /** Load with faults. */
    double chaosSeconds() {
        return 60 * minutes - 2 * warmUpSeconds() - calmSeconds();
    }
}
