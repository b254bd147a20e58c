package org.opensearch.ralm.plugin.click;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Setting;
import org.opensearch.ingest.Processor;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.ingest.FeedProperty;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.PluginSwitch;

/**
 * What the node needs to know of clicks: the ingest processor and its settings.
 *
 * <p>Processors are registered before the node has feeds and models, so these are handed in later, by {@link #start}.
 */
public final class ClicksApi {

    private static final int DEFAULT_BATCH_SIZE = 1_000;
    /** Where the security plugin says who calls: name, roles and tenant. */
    private static final String CALLER = "_opendistro_security_user_info";

    private final RalmStats stats;
    private volatile FeedCache feeds;
    private volatile ModelCache models;
    private volatile UserVectorCache vectors;
    private volatile ClusterService clusterService;
    private volatile Memory memory;
    private final PluginSwitch pluginSwitch;

    /**
     * @param stats the node's counters
     * @param pluginSwitch whether the plugin is on
     */
    public ClicksApi(RalmStats stats, PluginSwitch pluginSwitch) {
        this.pluginSwitch = pluginSwitch;
        this.stats = stats;
    }

    /** The settings. */
    public static List<Setting<?>> settings() {
        return List.of(UserVectorCache.SIZE, UserVectorCache.EXPIRY);
    }

    /** Hands in what clicks are ingested with; to be called before the node serves requests. */
    public void start(
            FeedCache nodeFeeds, ModelCache nodeModels, ClusterService nodeClusterService, Memory nodeMemory) {
        this.feeds = nodeFeeds;
        this.models = nodeModels;
        this.clusterService = nodeClusterService;
        this.memory = nodeMemory;
        this.vectors = new UserVectorCache(nodeClusterService.getSettings(), nodeMemory);
        stats.measure(Stat.USER_CACHE_BYTES, vectors::bytes);
        stats.measure(Stat.USER_CACHE_HITS, vectors::hits);
        stats.measure(Stat.USER_CACHE_MISSES, vectors::misses);
        stats.measure(Stat.USER_CACHE_EVICTIONS, vectors::evictions);
    }

    /** The ingest processor {@code ralm_clicks}. */
    public Map<String, Processor.Factory> processors(Processor.Parameters parameters) {
        Supplier<ClickIngest> ingest = () -> new ClickIngest(
                parameters.client,
                () -> parameters.threadContext.getTransient(CALLER),
                feeds::get,
                models::get,
                vectors,
                memory,
                pluginSwitch::isOn,
                () -> clusterService.state().metadata(),
                parameters.genericExecutor::accept,
                Instant::now,
                stats);
        return Map.of(
                ClicksProcessor.TYPE,
                (factories, tag, description, config) -> processor(tag, description, config, ingest.get()));
    }

    private static ClicksProcessor processor(
            String tag, String description, Map<String, Object> config, ClickIngest ingest) {
        String type = ClicksProcessor.TYPE;
        int batchSize = ClicksProcessor.batchSize(tag, config, DEFAULT_BATCH_SIZE);
        return new ClicksProcessor(tag, description, batchSize, ingest, FeedProperty.read(type, tag, config));
    }
}
