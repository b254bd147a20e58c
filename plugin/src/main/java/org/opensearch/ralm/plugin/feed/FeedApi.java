package org.opensearch.ralm.plugin.feed;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.indices.SystemIndexDescriptor;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.ralm.plugin.metrics.MetricsLog;
import org.opensearch.ralm.plugin.model.ModelUsage;
import org.opensearch.ralm.plugin.system.CacheBroadcast;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.NodeCache;
import org.opensearch.ralm.plugin.system.PluginClient;
import org.opensearch.ralm.plugin.system.PluginIndex;
import org.opensearch.rest.RestHandler;
import org.opensearch.threadpool.ThreadPool;

/** What the node needs to know of feeds: their index, actions, routes and components. */
public final class FeedApi {

    /** The system index. */
    public static final SystemIndexDescriptor INDEX =
            new SystemIndexDescriptor(FeedRegistry.INDEX, "feeds of the look-alike plugin");

    /** How many feeds there may be: each node looks after all of them, and their list is kept in memory. */
    public static final Setting<Integer> MAX_COUNT = Setting.intSetting(
            "plugins.ralm.feed.max_count", 1_000, 1, FeedRegistry.MAX_LISTED, Property.NodeScope, Property.Dynamic);

    private final FeedRegistry registry;
    private final FeedCache cache;
    private final FeedCheck check;
    private final FeedWriter writer;

    /**
     * Makes the components of one node.
     *
     * @param broadcast tells the other nodes of changes
     * @param log is told of changes of models
     * @param clicksCheck refuses a mapping that is not one of clicks
     */
    public FeedApi(
            PluginClient client,
            ClusterService clusterService,
            ThreadPool threadPool,
            Memory memory,
            CacheBroadcast broadcast,
            MetricsLog log,
            Consumer<IndexMapping> clicksCheck) {
        PluginIndex index = new PluginIndex(FeedRegistry.INDEX, true, FeedRegistry.class, client, clusterService);
        this.registry = new FeedRegistry(client, index);
        this.cache = new FeedCache(
                registry::get,
                registry::list,
                FeedCache.SIZE.get(clusterService.getSettings()).getBytes(),
                memory,
                threadPool);
        this.check = new FeedCheck(
                clicksCheck, () -> clusterService.getClusterSettings().get(MAX_COUNT));
        this.writer = new FeedWriter(registry, broadcast, log);
    }

    /** Changes feeds. */
    public FeedWriter writer() {
        return writer;
    }

    /** The feeds as this node knows them. */
    public FeedCache feeds() {
        return cache;
    }

    /** The cache by the name by which other nodes speak of it. */
    public Map.Entry<String, NodeCache> namedCache() {
        return Map.entry(FeedCache.NAME, cache);
    }

    /** What the transport actions are made of. */
    public List<Object> components() {
        return List.of(registry, cache, check, writer, new ModelUsage(registry::namesByModel));
    }

    /** The transport actions. */
    public static List<ActionHandler<?, ?>> actions() {
        return List.of(
                new ActionHandler<>(TransportPutFeedAction.TYPE, TransportPutFeedAction.class),
                new ActionHandler<>(TransportGetFeedsAction.TYPE, TransportGetFeedsAction.class),
                new ActionHandler<>(TransportDeleteFeedAction.TYPE, TransportDeleteFeedAction.class));
    }

    /** The routes. */
    public static List<RestHandler> restHandlers() {
        return List.of(new RestFeedAction());
    }
}
