package org.opensearch.ralm.plugin.metrics;

import java.util.List;
import java.util.Map;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.lifecycle.AbstractLifecycleComponent;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.ralm.plugin.system.Ticks;
import org.opensearch.threadpool.ThreadPool;

/**
 * Has each node log its own statistics, again and again. A span that could not be logged is part of the next one; a node
 * on which nothing of the plugin is in use logs nothing.
 */
public final class NodeMetrics extends AbstractLifecycleComponent {

    /** How long the spans are. */
    public static final Setting<TimeValue> INTERVAL = Setting.timeSetting(
            "plugins.ralm.metrics.interval",
            TimeValue.timeValueMinutes(1),
            TimeValue.timeValueSeconds(1),
            Property.NodeScope,
            Property.Dynamic);

    private static final Logger LOGGER = LogManager.getLogger(NodeMetrics.class);

    private final MetricsLog log;
    private final RalmStats stats;
    private final ClusterService clusterService;
    private final PluginSwitch pluginSwitch;
    private final Ticks ticks;
    private Map<Stat, Long> logged = Map.of();
    private long loggedAt;

    /**
     * Made by the node; begins when it starts.
     *
     * @param pluginSwitch while it is off nothing is logged
     */
    public NodeMetrics(
            MetricsLog log,
            RalmStats stats,
            ClusterService clusterService,
            ThreadPool threadPool,
            PluginSwitch pluginSwitch) {
        this.log = log;
        this.stats = stats;
        this.clusterService = clusterService;
        this.pluginSwitch = pluginSwitch;
        this.ticks = new Ticks(
                LOGGER,
                threadPool,
                ThreadPool.Names.GENERIC,
                INTERVAL.get(clusterService.getSettings()),
                clusterService,
                this::append);
        this.loggedAt = System.nanoTime();
        clusterService.getClusterSettings().addSettingsUpdateConsumer(INTERVAL, ticks::setInterval);
    }

    @Override
    protected void doStart() {
        ticks.rescheduleIfNecessary();
    }

    @Override
    protected void doStop() {
        ticks.close();
    }

    @Override
    protected void doClose() {}

    /** Logs the span since the last one that was logged. Waits for it. */
    synchronized void append() {
        if (pluginSwitch.isOn() == false) {
            return;
        }
        Map<Stat, Long> values = stats.values();
        long now = System.nanoTime();
        String node = clusterService.localNode().getName();
        NodeDocument span = NodeDocument.of(node, (now - loggedAt) / 1e9, logged, values);
        if (span.isEmpty() || log.append(List.of(span))) {
            logged = values;
            loggedAt = now;
        }
    }
}
