package org.opensearch.ralm.plugin;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.opensearch.action.ActionRequest;
import org.opensearch.action.support.ActionFilter;
import org.opensearch.cluster.metadata.IndexNameExpressionResolver;
import org.opensearch.cluster.node.DiscoveryNodes;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.settings.ClusterSettings;
import org.opensearch.common.settings.IndexScopedSettings;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.settings.SettingsFilter;
import org.opensearch.common.unit.MemorySizeValue;
import org.opensearch.core.action.ActionResponse;
import org.opensearch.core.common.breaker.CircuitBreaker;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.NamedXContentRegistry;
import org.opensearch.env.Environment;
import org.opensearch.env.NodeEnvironment;
import org.opensearch.identity.PluginSubject;
import org.opensearch.index.IndexModule;
import org.opensearch.index.mapper.Mapper;
import org.opensearch.indices.SystemIndexDescriptor;
import org.opensearch.indices.breaker.BreakerSettings;
import org.opensearch.ingest.Processor;
import org.opensearch.plugins.ActionPlugin;
import org.opensearch.plugins.CircuitBreakerPlugin;
import org.opensearch.plugins.IdentityAwarePlugin;
import org.opensearch.plugins.IngestPlugin;
import org.opensearch.plugins.MapperPlugin;
import org.opensearch.plugins.Plugin;
import org.opensearch.plugins.ScriptPlugin;
import org.opensearch.plugins.SearchPipelinePlugin;
import org.opensearch.plugins.SearchPlugin;
import org.opensearch.plugins.SystemIndexPlugin;
import org.opensearch.plugins.TelemetryAwarePlugin;
import org.opensearch.ralm.plugin.audience.Audiences;
import org.opensearch.ralm.plugin.candidate.CandidateApi;
import org.opensearch.ralm.plugin.click.ClicksApi;
import org.opensearch.ralm.plugin.click.ClicksMapping;
import org.opensearch.ralm.plugin.feed.FeedApi;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.health.HealthApi;
import org.opensearch.ralm.plugin.metrics.MetricsLog;
import org.opensearch.ralm.plugin.metrics.NodeMetrics;
import org.opensearch.ralm.plugin.model.ModelApi;
import org.opensearch.ralm.plugin.refresh.LocalPrimaries;
import org.opensearch.ralm.plugin.refresh.RefreshApi;
import org.opensearch.ralm.plugin.refresh.RefreshService;
import org.opensearch.ralm.plugin.rollout.RolloutApi;
import org.opensearch.ralm.plugin.rollout.RolloutDriver;
import org.opensearch.ralm.plugin.score.Scoring;
import org.opensearch.ralm.plugin.seeds.SeedsApi;
import org.opensearch.ralm.plugin.seeds.SeedsProcessor;
import org.opensearch.ralm.plugin.setup.SetupApi;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.stats.StatsApi;
import org.opensearch.ralm.plugin.system.CacheBroadcast;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.NodeCaches;
import org.opensearch.ralm.plugin.system.PluginClient;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.ralm.plugin.system.SwitchFilter;
import org.opensearch.ralm.plugin.system.TransportRenewAction;
import org.opensearch.repositories.RepositoriesService;
import org.opensearch.rest.RestController;
import org.opensearch.rest.RestHandler;
import org.opensearch.script.ScriptContext;
import org.opensearch.script.ScriptEngine;
import org.opensearch.script.ScriptService;
import org.opensearch.search.deciders.ConcurrentSearchRequestDecider;
import org.opensearch.search.fetch.FetchSubPhase;
import org.opensearch.search.pipeline.SearchRequestProcessor;
import org.opensearch.telemetry.metrics.MetricsRegistry;
import org.opensearch.telemetry.tracing.Tracer;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;
import org.opensearch.watcher.ResourceWatcherService;

/** Entry point of the plugin: wires the capabilities together, holds none of their logic. */
public final class RalmPlugin extends Plugin
        implements ActionPlugin,
                CircuitBreakerPlugin,
                IdentityAwarePlugin,
                IngestPlugin,
                MapperPlugin,
                ScriptPlugin,
                SearchPipelinePlugin,
                SearchPlugin,
                SystemIndexPlugin,
                TelemetryAwarePlugin {

    /** The name of the plugin's circuit breaker in statistics and settings. */
    private static final String BREAKER = "ralm";

    private static final String BREAKER_LIMIT = "25%";

    private final Settings settings;
    private final PluginSwitch pluginSwitch;
    private final RalmStats stats = new RalmStats();
    private final Scoring scoring;
    private final Audiences audiences;
    private final SeedsApi seeds;
    private final ClicksApi clicks;
    private final LocalPrimaries primaries = new LocalPrimaries();
    private Memory memory;
    private PluginClient pluginClient;
    private ModelApi models;

    /** Made by the node. */
    public RalmPlugin(Settings settings) {
        this.settings = settings;
        this.pluginSwitch = new PluginSwitch(settings);
        this.scoring = new Scoring(stats, pluginSwitch);
        this.audiences = new Audiences(stats, pluginSwitch);
        this.seeds = new SeedsApi(stats, pluginSwitch);
        this.clicks = new ClicksApi(stats, pluginSwitch);
    }

    @Override
    public Collection<Object> createComponents(
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool,
            ResourceWatcherService resourceWatcherService,
            ScriptService scriptService,
            NamedXContentRegistry xContentRegistry,
            Environment environment,
            NodeEnvironment nodeEnvironment,
            NamedWriteableRegistry namedWriteableRegistry,
            IndexNameExpressionResolver indexNameExpressionResolver,
            Supplier<RepositoriesService> repositoriesServiceSupplier) {
        pluginClient = new PluginClient(client);
        pluginSwitch.follow(clusterService.getClusterSettings());
        models = new ModelApi(pluginClient, clusterService, threadPool, settings, memory);
        CacheBroadcast broadcast = new CacheBroadcast(pluginClient);
        MetricsLog log = new MetricsLog(pluginClient, clusterService);
        FeedApi feeds =
                new FeedApi(pluginClient, clusterService, threadPool, memory, broadcast, log, ClicksMapping::check);
        NodeCaches caches = new NodeCaches(Map.ofEntries(models.namedCache(), feeds.namedCache()));
        clusterService.addListener(caches);
        scoring.start(feeds.feeds(), models.models());
        audiences.start(feeds.feeds(), models.models(), memory);
        seeds.start(feeds.feeds(), models.models(), clusterService, memory);
        clicks.start(feeds.feeds(), models.models(), clusterService, memory);
        stats.measure(Stat.MODEL_CACHE_BYTES, models.models()::bytes);
        stats.measure(Stat.MODEL_CACHE_HITS, models.models()::hits);
        stats.measure(Stat.MODEL_CACHE_MISSES, models.models()::misses);
        stats.measure(Stat.MODEL_CACHE_EVICTIONS, models.models()::evictions);
        stats.measure(Stat.FEED_CACHE_BYTES, feeds.feeds()::bytes);
        stats.measure(Stat.MEMORY_BYTES, memory::used);
        stats.measure(Stat.MEMORY_REFUSALS, memory::refusals);
        List<Object> components = new ArrayList<>(List.of(caches, broadcast, log));
        components.addAll(models.components());
        components.addAll(feeds.components());
        components.addAll(List.of(stats, memory, pluginSwitch));
        components.add(new RefreshService(
                pluginClient,
                clusterService,
                threadPool,
                feeds.feeds(),
                models.models(),
                primaries,
                log,
                stats,
                memory,
                pluginSwitch));
        components.add(new RolloutDriver(
                pluginClient, clusterService, threadPool, feeds.feeds(), feeds.writer(), stats, pluginSwitch));
        components.add(new NodeMetrics(log, stats, clusterService, threadPool, pluginSwitch));
        return components;
    }

    /** Called after the other one, when all numbers are known. */
    @Override
    public Collection<Object> createComponents(
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool,
            ResourceWatcherService resourceWatcherService,
            ScriptService scriptService,
            NamedXContentRegistry xContentRegistry,
            Environment environment,
            NodeEnvironment nodeEnvironment,
            NamedWriteableRegistry namedWriteableRegistry,
            IndexNameExpressionResolver indexNameExpressionResolver,
            Supplier<RepositoriesService> repositoriesServiceSupplier,
            Tracer tracer,
            MetricsRegistry metricsRegistry) {
        stats.publish(metricsRegistry);
        return List.of();
    }

    @Override
    public BreakerSettings getCircuitBreaker(Settings nodeSettings) {
        BreakerSettings defaults = new BreakerSettings(
                BREAKER,
                MemorySizeValue.parseBytesSizeValueOrHeapRatio(BREAKER_LIMIT, BREAKER)
                        .getBytes(),
                1.0,
                CircuitBreaker.Type.MEMORY,
                CircuitBreaker.Durability.TRANSIENT);
        return BreakerSettings.updateFromSettings(defaults, nodeSettings);
    }

    @Override
    public void setCircuitBreaker(CircuitBreaker circuitBreaker) {
        memory = new Memory(circuitBreaker);
    }

    @Override
    public void assignSubject(PluginSubject pluginSubject) {
        pluginClient.assignSubject(pluginSubject);
    }

    @Override
    public List<Setting<?>> getSettings() {
        List<Setting<?>> all = new ArrayList<>(List.of(
                PluginSwitch.ENABLED,
                ModelApi.MAX_SIZE,
                ModelApi.MAX_COUNT,
                ModelApi.CACHE_SIZE,
                FeedApi.MAX_COUNT,
                FeedCache.SIZE,
                SeedsProcessor.MAX_SEED_USERS,
                RefreshService.ENABLED,
                NodeMetrics.INTERVAL));
        all.addAll(ClicksApi.settings());
        all.addAll(RolloutApi.settings());
        return all;
    }

    @Override
    public List<ExecutorBuilder<?>> getExecutorBuilders(Settings nodeSettings) {
        return List.of(RefreshService.executorBuilder(nodeSettings));
    }

    @Override
    public void onIndexModule(IndexModule indexModule) {
        indexModule.addIndexEventListener(primaries);
        indexModule.addSearchOperationListener(scoring.timer());
    }

    @Override
    public Collection<SystemIndexDescriptor> getSystemIndexDescriptors(Settings nodeSettings) {
        return List.of(ModelApi.INDEX, FeedApi.INDEX);
    }

    @Override
    public List<ActionHandler<? extends ActionRequest, ? extends ActionResponse>> getActions() {
        List<ActionHandler<?, ?>> actions = new ArrayList<>(ModelApi.actions());
        actions.addAll(FeedApi.actions());
        actions.addAll(RefreshApi.actions());
        actions.addAll(RolloutApi.actions());
        actions.addAll(SetupApi.actions());
        actions.addAll(CandidateApi.actions());
        actions.addAll(StatsApi.actions());
        actions.addAll(HealthApi.actions());
        actions.add(new ActionHandler<>(TransportRenewAction.TYPE, TransportRenewAction.class));
        return actions;
    }

    @Override
    public List<ActionFilter> getActionFilters() {
        return List.of(new SwitchFilter(
                pluginSwitch, Set.of(StatsApi.ACTION, HealthApi.ACTION, TransportRenewAction.TYPE.name())));
    }

    @Override
    public List<RestHandler> getRestHandlers(
            Settings nodeSettings,
            RestController restController,
            ClusterSettings clusterSettings,
            IndexScopedSettings indexScopedSettings,
            SettingsFilter settingsFilter,
            IndexNameExpressionResolver indexNameExpressionResolver,
            Supplier<DiscoveryNodes> nodesInCluster) {
        List<RestHandler> handlers = new ArrayList<>(ModelApi.restHandlers(() -> models));
        handlers.addAll(FeedApi.restHandlers());
        handlers.addAll(RefreshApi.restHandlers());
        handlers.addAll(RolloutApi.restHandlers());
        handlers.addAll(SetupApi.restHandlers());
        handlers.addAll(CandidateApi.restHandlers());
        handlers.addAll(StatsApi.restHandlers());
        handlers.addAll(HealthApi.restHandlers());
        return handlers;
    }

    @Override
    public Map<String, Mapper.TypeParser> getMappers() {
        return SeedsApi.mappers();
    }

    @Override
    public Map<String, Processor.Factory> getProcessors(Processor.Parameters parameters) {
        Map<String, Processor.Factory> processors = new HashMap<>(seeds.processors(parameters));
        processors.putAll(clicks.processors(parameters));
        return processors;
    }

    @Override
    public List<QuerySpec<?>> getQueries() {
        List<QuerySpec<?>> queries = new ArrayList<>(scoring.queries());
        queries.addAll(audiences.queries());
        return queries;
    }

    @Override
    public List<SearchExtSpec<?>> getSearchExts() {
        return Scoring.extensions();
    }

    @Override
    public List<FetchSubPhase> getFetchSubPhases(FetchPhaseConstructionContext context) {
        return Scoring.fetchPhases();
    }

    @Override
    public ScriptEngine getScriptEngine(Settings nodeSettings, Collection<ScriptContext<?>> contexts) {
        return scoring.scriptEngine();
    }

    @Override
    public Map<String, org.opensearch.search.pipeline.Processor.Factory<SearchRequestProcessor>> getRequestProcessors(
            SearchPipelinePlugin.Parameters parameters) {
        return scoring.requestProcessors(parameters);
    }

    @Override
    public Optional<ProfileMetricsProvider> getQueryProfileMetricsProvider() {
        return Optional.of(Scoring.profileMetrics());
    }

    @Override
    public Optional<ConcurrentSearchRequestDecider.Factory> getConcurrentSearchRequestDeciderFactory() {
        return Optional.of(Scoring.concurrentSearchDeciders());
    }
}
