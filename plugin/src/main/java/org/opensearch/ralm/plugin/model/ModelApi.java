package org.opensearch.ralm.plugin.model;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.settings.Settings;
import org.opensearch.core.common.unit.ByteSizeUnit;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.indices.SystemIndexDescriptor;
import org.opensearch.plugins.ActionPlugin.ActionHandler;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.NodeCache;
import org.opensearch.ralm.plugin.system.PluginClient;
import org.opensearch.ralm.plugin.system.PluginIndex;
import org.opensearch.rest.RestHandler;
import org.opensearch.threadpool.ThreadPool;

/** What the node needs to know of the model registry: its settings, index, actions, routes and components. */
public final class ModelApi {

    /** The largest model that may be uploaded: weights and manifest together. */
    public static final Setting<ByteSizeValue> MAX_SIZE = Setting.byteSizeSetting(
            "plugins.ralm.model.max_size",
            new ByteSizeValue(16, ByteSizeUnit.MB),
            Property.NodeScope,
            Property.Dynamic);

    /** How many models there may be, in use or not. */
    public static final Setting<Integer> MAX_COUNT = Setting.intSetting(
            "plugins.ralm.model.max_count", 1_000, 1, ModelRegistry.MAX_LISTED, Property.NodeScope, Property.Dynamic);

    /** What all models in a node's memory may take together. */
    public static final Setting<ByteSizeValue> CACHE_SIZE =
            Setting.memorySizeSetting("plugins.ralm.model.cache_size", "5%", Property.NodeScope);

    /** The system index. */
    public static final SystemIndexDescriptor INDEX =
            new SystemIndexDescriptor(ModelRegistry.INDEX, "models of the look-alike plugin");

    private final ModelRegistry registry;
    private final ModelCache cache;
    private final ModelUploads uploads;

    /** Makes the components of one node. */
    public ModelApi(
            PluginClient client,
            ClusterService clusterService,
            ThreadPool threadPool,
            Settings settings,
            Memory memory) {
        PluginIndex index = new PluginIndex(ModelRegistry.INDEX, true, ModelRegistry.class, client, clusterService);
        this.registry = new ModelRegistry(client, index, threadPool, memory, () -> clusterService
                .getClusterSettings()
                .get(MAX_COUNT));
        this.cache = new ModelCache(registry, CACHE_SIZE.get(settings).getBytes(), memory, threadPool);
        this.uploads = new ModelUploads(clusterService, memory);
    }

    /** The node's models. */
    public ModelCache models() {
        return cache;
    }

    /** The cache by the name by which other nodes speak of it. */
    public Map.Entry<String, NodeCache> namedCache() {
        return Map.entry(ModelCache.NAME, cache.cache());
    }

    /** What the transport actions are made of. */
    public List<Object> components() {
        return List.of(registry, cache, uploads);
    }

    /** The transport actions. */
    public static List<ActionHandler<?, ?>> actions() {
        return List.of(
                new ActionHandler<>(TransportPutModelAction.TYPE, TransportPutModelAction.class),
                new ActionHandler<>(TransportGetModelsAction.TYPE, TransportGetModelsAction.class),
                new ActionHandler<>(TransportDeleteModelAction.TYPE, TransportDeleteModelAction.class));
    }

    /**
     * The routes.
     *
     * @param models the node's, asked for with each request: routes are known before they are made
     */
    public static List<RestHandler> restHandlers(Supplier<ModelApi> models) {
        return List.of(new RestModelAction(() -> models.get().uploads));
    }
}
