package org.opensearch.ralm.plugin.metrics;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.opensearch.core.xcontent.XContentBuilder;
import org.opensearch.ralm.plugin.stats.Stat;

/**
 * What a node has counted in a span of time, and what it measured at its end.
 *
 * @param node the node's name
 * @param seconds how long the span is
 * @param stats of counters what they have grown by, of gauges their values
 */
record NodeDocument(String node, double seconds, Map<Stat, Long> stats) implements MetricsDocument {

    static NodeDocument of(String node, double seconds, Map<Stat, Long> before, Map<Stat, Long> now) {
        Map<Stat, Long> stats = new EnumMap<>(Stat.class);
        now.forEach((stat, value) -> stats.put(stat, stat.isGauge() ? value : value - before.getOrDefault(stat, 0L)));
        return new NodeDocument(node, seconds, stats);
    }

    /** Whether there is nothing to tell of. */
    boolean isEmpty() {
        return stats.values().stream().allMatch(value -> value == 0);
    }

    @Override
    public String kind() {
        return "node";
    }

    @Override
    public void writeFields(XContentBuilder builder) throws IOException {
        builder.field("node", node).field("seconds", seconds);
        builder.startObject("stats");
        for (Map.Entry<Stat, Long> stat : stats.entrySet()) {
            builder.field(stat.getKey().toString(), stat.getValue());
        }
        builder.endObject();
    }
}
