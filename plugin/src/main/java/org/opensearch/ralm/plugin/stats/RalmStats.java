package org.opensearch.ralm.plugin.stats;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** The counters of one node. Safe for use by several threads. */
public final class RalmStats {

    private final Map<Stat, LongAdder> counters = new EnumMap<>(Stat.class);
    private final Map<Stat, LongSupplier> gauges = new EnumMap<>(Stat.class);

    /** Starts all counters at 0. */
    public RalmStats() {
        for (Stat stat : Stat.values()) {
            LongAdder counter = new LongAdder();
            counters.put(stat, counter);
            gauges.put(stat, counter::sum);
        }
    }

    /** Counts one. */
    public void count(Stat stat) {
        add(stat, 1);
    }

    /** Counts some. */
    public void add(Stat stat, long amount) {
        counters.get(stat).add(amount);
    }

    /** Says where a number comes from that is measured, not counted; to be called before the node serves requests. */
    public void measure(Stat stat, LongSupplier gauge) {
        gauges.put(stat, gauge);
    }

    /** The number as it is now. */
    public long get(Stat stat) {
        return gauges.get(stat).getAsLong();
    }
}
