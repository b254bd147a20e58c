package org.opensearch.ralm.plugin.stats;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.opensearch.telemetry.metrics.Counter;
import org.opensearch.telemetry.metrics.MetricsRegistry;
import org.opensearch.telemetry.metrics.tags.Tags;

/** The counters of one node. Safe for use by several threads. */
public final class RalmStats {

    private final Map<Stat, LongAdder> counters = new EnumMap<>(Stat.class);
    private final Map<Stat, LongSupplier> gauges = new EnumMap<>(Stat.class);
    private volatile Map<Stat, Counter> published = Map.of();

    /** Starts all counters at 0. */
    public RalmStats() {
        for (Stat stat : Stat.values()) {
            counters.put(stat, new LongAdder());
        }
    }

    /** Counts one. */
    public void count(Stat stat) {
        add(stat, 1);
    }

    /** Counts some. */
    public void add(Stat stat, long amount) {
        counters.get(stat).add(amount);
        Counter counter = published.get(stat);
        if (counter != null) {
            counter.add(amount);
        }
    }

    /** Says where a number comes from that is measured, not counted; to be called before the node serves requests. */
    public void measure(Stat stat, LongSupplier gauge) {
        gauges.put(stat, gauge);
    }

    /**
     * Has all numbers told to OpenTelemetry as well, as {@code ralm.} and their names; to be called once, when it is
     * known which of them are measured.
     *
     * @param metrics the server's, which does nothing where telemetry is off
     */
    public void publish(MetricsRegistry metrics) {
        Map<Stat, Counter> made = new EnumMap<>(Stat.class);
        for (Stat stat : Stat.values()) {
            String name = "ralm." + stat;
            LongSupplier gauge = gauges.get(stat);
            if (gauge == null) {
                made.put(stat, metrics.createCounter(name, stat.description(), stat.unit()));
            } else {
                metrics.createGauge(
                        name, stat.description(), stat.unit(), () -> (double) gauge.getAsLong(), Tags.EMPTY);
            }
        }
        published = made;
    }

    /** The number as it is now. */
    public long get(Stat stat) {
        LongSupplier gauge = gauges.get(stat);
        return gauge == null ? counters.get(stat).sum() : gauge.getAsLong();
    }

    /** All numbers as they are now. */
    public Map<Stat, Long> values() {
        Map<Stat, Long> values = new EnumMap<>(Stat.class);
        for (Stat stat : Stat.values()) {
            values.put(stat, get(stat));
        }
        return values;
    }
}
