package org.opensearch.ralm.trainer.bench.chaos;

import java.util.Locale;

/** What is done to the cluster, and what it stands for. */
enum FaultKind {
    KILL(5, 15, "SIGKILL of one node, which is started again after a while"),
    FULL_RESTART(0, 2, "SIGKILL of all nodes at once, which are then started again together"),
    STALLED_NODE(3, 8, "SIGSTOP of one node, then SIGCONT: a machine that hangs, connections open"),
    SLOW_DISK(
            8,
            15,
            "two threads beside the servers write blocks of 1 MiB to the disk of their data and fsync each: the disk is "
                    + "busy and every fsync waits, but none fails or hangs for good"),
    FULL_HEAP(
            8,
            15,
            "six clients send one node bulk requests of 20 MB, of which nothing is stored, and aggregations with "
                    + "thousands of top hits, until breakers refuse them or the JVM ends for want of memory");

    private final int leastSeconds;
    private final int mostSeconds;
    private final String description;

    FaultKind(int leastSeconds, int mostSeconds, String description) {
        this.leastSeconds = leastSeconds;
        this.mostSeconds = mostSeconds;
        this.description = description;
    }

    int leastSeconds() {
        return leastSeconds;
    }

    int mostSeconds() {
        return mostSeconds;
    }

    /** What is done, for whoever reads the results. */
    String description() {
        return description;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
