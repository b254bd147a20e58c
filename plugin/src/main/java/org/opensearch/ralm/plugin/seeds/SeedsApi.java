package org.opensearch.ralm.plugin.seeds;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.index.mapper.Mapper;
import org.opensearch.ingest.ConfigurationUtils;
import org.opensearch.ingest.Processor;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.ingest.FeedProperty;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.PluginSwitch;

/**
 * What the node needs to know of seeds: the field type and the ingest processor.
 *
 * <p>Processors are registered before the node has feeds and models, so these are handed in later, by {@link #start}.
 */
public final class SeedsApi {

    private static final int DEFAULT_BATCH_SIZE = 500;

    private final RalmStats stats;
    private final PluginSwitch pluginSwitch;
    private volatile FeedCache feeds;
    private volatile ModelCache models;
    private volatile ClusterService clusterService;
    private volatile Memory memory;
    private volatile int maximumSeeds;

    /**
     * @param stats the node's counters
     * @param pluginSwitch whether the plugin is on
     */
    public SeedsApi(RalmStats stats, PluginSwitch pluginSwitch) {
        this.pluginSwitch = pluginSwitch;
        this.stats = stats;
    }

    /** Hands in what candidates are ingested with; to be called before the node serves requests. */
    public void start(
            FeedCache nodeFeeds, ModelCache nodeModels, ClusterService nodeClusterService, Memory nodeMemory) {
        this.memory = nodeMemory;
        this.feeds = nodeFeeds;
        this.models = nodeModels;
        this.clusterService = nodeClusterService;
        this.maximumSeeds = SeedsProcessor.MAX_SEED_USERS.get(nodeClusterService.getSettings());
        nodeClusterService
                .getClusterSettings()
                .addSettingsUpdateConsumer(SeedsProcessor.MAX_SEED_USERS, most -> maximumSeeds = most);
    }

    /** The field type {@code ralm_seeds}. */
    public static Map<String, Mapper.TypeParser> mappers() {
        return Map.of(SeedsFieldMapper.CONTENT_TYPE, SeedsFieldMapper.PARSER);
    }

    /** The ingest processor {@code ralm_seeds}. */
    public Map<String, Processor.Factory> processors(Processor.Parameters parameters) {
        Supplier<SeedIngest> ingest = () -> new SeedIngest(
                parameters.client,
                feeds,
                models,
                () -> clusterService.state().metadata(),
                parameters.genericExecutor::accept,
                Instant::now,
                () -> maximumSeeds,
                memory,
                pluginSwitch::isOn,
                stats);
        return Map.of(
                SeedsProcessor.TYPE,
                (factories, tag, description, config) -> processor(tag, description, config, ingest.get()));
    }

    private static SeedsProcessor processor(
            String tag, String description, Map<String, Object> config, SeedIngest ingest) {
        String type = SeedsProcessor.TYPE;
        int batchSize = SeedsProcessor.batchSize(tag, config, DEFAULT_BATCH_SIZE);
        return new SeedsProcessor(
                tag,
                description,
                batchSize,
                ingest,
                FeedProperty.read(type, tag, config),
                topLevel(tag, config, "target_field", "ralm"));
    }

    /** Half a character cannot be written into the cluster's state. */
    private static boolean isText(String field) {
        return StandardCharsets.UTF_8.newEncoder().canEncode(field);
    }

    private static String topLevel(String tag, Map<String, Object> config, String property, String byDefault) {
        String field = ConfigurationUtils.readStringProperty(SeedsProcessor.TYPE, tag, config, property, byDefault);
        if (field.isEmpty() || field.contains(".") || field.length() > 512 || isText(field) == false) {
            throw ConfigurationUtils.newConfigurationException(
                    SeedsProcessor.TYPE,
                    tag,
                    property,
                    "must name a field of the document's root, but is [" + field + "]");
        }
        return field;
    }
}
