package org.opensearch.ralm.plugin.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.Closeable;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.opensearch.telemetry.metrics.Counter;
import org.opensearch.telemetry.metrics.Histogram;
import org.opensearch.telemetry.metrics.MetricsRegistry;
import org.opensearch.telemetry.metrics.TaggedMeasurement;
import org.opensearch.telemetry.metrics.tags.Tags;

class RalmStatsTests {

    /** Remembers what it is told. */
    private static final class Metrics implements MetricsRegistry {

        private final Map<String, Double> counted = new HashMap<>();
        private final Map<String, Supplier<Double>> measured = new HashMap<>();

        @Override
        public Counter createCounter(String name, String description, String unit) {
            assertTrue(description.endsWith("."), description);
            assertFalse(unit.isEmpty());
            counted.put(name, 0.0);
            return new Counter() {
                @Override
                public void add(double value) {
                    counted.merge(name, value, Double::sum);
                }

                @Override
                public void add(double value, Tags tags) {
                    add(value);
                }
            };
        }

        @Override
        public Closeable createGauge(String name, String description, String unit, Supplier<Double> value, Tags tags) {
            measured.put(name, value);
            return () -> {};
        }

        @Override
        public Counter createUpDownCounter(String name, String description, String unit) {
            throw new AssertionError(name);
        }

        @Override
        public Histogram createHistogram(String name, String description, String unit) {
            throw new AssertionError(name);
        }

        @Override
        public Closeable createGauge(String name, String description, String unit, Supplier<TaggedMeasurement> value) {
            throw new AssertionError(name);
        }

        @Override
        public void close() {}
    }

    @Test
    void everyNumberIsToldToOpenTelemetryOnce() {
        RalmStats stats = new RalmStats();
        stats.measure(Stat.MEMORY_BYTES, () -> 7);
        stats.count(Stat.QUERIES);
        Metrics metrics = new Metrics();
        stats.publish(metrics);
        stats.add(Stat.QUERIES, 2);
        assertEquals(3, stats.get(Stat.QUERIES));
        assertEquals(2.0, metrics.counted.get("ralm.queries"));
        assertEquals(7.0, metrics.measured.get("ralm.memory_bytes").get());
        assertEquals(7, stats.get(Stat.MEMORY_BYTES));
        assertEquals(Stat.values().length, metrics.counted.size() + metrics.measured.size());
    }
}
