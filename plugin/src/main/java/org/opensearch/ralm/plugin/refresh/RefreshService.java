package org.opensearch.ralm.plugin.refresh;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.lifecycle.AbstractLifecycleComponent;
import org.opensearch.common.lifecycle.Lifecycle;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.util.concurrent.AbstractAsyncTask;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.gateway.GatewayService;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.feed.RecallField;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.FixedExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;

/**
 * Keeps the candidates of all feeds in step with their clicks and models, on each node for the primaries that are
 * started there: a shard that moves, or whose copy is promoted, is taken over by the node it is on then.
 *
 * <p>What is in memory can be found again in the documents; a node that begins anew looks at everything once. Runs as
 * the plugin, on its own threads. It also brings the models of all feeds into this node's memory, for scripts to find.
 */
public final class RefreshService extends AbstractLifecycleComponent {

    /** Whether feeds are refreshed by themselves; a cycle that runs when it is switched off ends early. */
    public static final Setting<Boolean> ENABLED =
            Setting.boolSetting("plugins.ralm.refresh.enabled", true, Property.NodeScope, Property.Dynamic);

    /** The threads of the task. */
    static final String THREAD_POOL = "ralm_refresh";

    private static final Logger LOGGER = LogManager.getLogger(RefreshService.class);
    private static final TimeValue TICK = TimeValue.timeValueSeconds(1);
    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(60);

    /** How many cycles a refresh by request has at most, each counting what the one before has made countable. */
    private static final int MOST_CYCLES = 5;

    private final Client client;
    private final ClusterService clusterService;
    private final ThreadPool threadPool;
    private final FeedCache feeds;
    private final ModelCache models;
    private final LocalPrimaries primaries;
    private final RalmStats stats;
    private final Memory memory;
    private final PluginSwitch pluginSwitch;
    private final CycleLog cycleLog;
    private final Ticks ticks;
    private final Map<String, FeedSchedule> schedules = new ConcurrentHashMap<>();
    private volatile boolean enabled;

    /**
     * Made by the node; begins when it starts.
     *
     * @param client acts as the plugin
     * @param memory what is held in memory is accounted for there
     * @param pluginSwitch while it is off nothing is done, and nothing held
     */
    public RefreshService(
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool,
            FeedCache feeds,
            ModelCache models,
            LocalPrimaries primaries,
            RalmStats stats,
            Memory memory,
            PluginSwitch pluginSwitch) {
        this.client = client;
        this.clusterService = clusterService;
        this.threadPool = threadPool;
        this.feeds = feeds;
        this.models = models;
        this.primaries = primaries;
        this.stats = stats;
        this.memory = memory;
        this.pluginSwitch = pluginSwitch;
        this.cycleLog = new CycleLog(client, clusterService);
        this.ticks = new Ticks();
        this.enabled = ENABLED.get(clusterService.getSettings());
        clusterService.getClusterSettings().addSettingsUpdateConsumer(ENABLED, on -> enabled = on);
        stats.measure(Stat.REFRESH_MEMORY_BYTES, this::bytes);
    }

    /** The threads of the task. */
    public static ExecutorBuilder<?> executorBuilder(Settings settings) {
        return new FixedExecutorBuilder(settings, THREAD_POOL, 1, 10, "thread_pool." + THREAD_POOL);
    }

    /** How far this node is with the shards of a feed that it refreshes. */
    NodeShards status(String feed) {
        FeedSchedule schedule = schedules.get(feed);
        boolean paused = enabled == false;
        return schedule == null
                ? new NodeShards(clusterService.localNode(), paused, List.of(), ExposureStatus.NONE)
                : new NodeShards(
                        clusterService.localNode(),
                        paused,
                        schedule.refresh().status(),
                        schedule.refresh().exposure());
    }

    /** How this node stands with a feed. */
    public FeedPulse pulse(String feed) {
        FeedSchedule schedule = schedules.get(feed);
        return schedule == null
                ? FeedPulse.NONE
                : FeedPulse.of(schedule.refresh().status(), schedule.refresh().exposure(), Instant.now());
    }

    /** Whether feeds are refreshed by themselves on this node. */
    public boolean isEnabled() {
        return enabled;
    }

    /**
     * Refreshes a feed on this node now, also while the task is paused, until everything that was clicked before is
     * counted, as far as that is possible. Waits for it: to be called on the task's own threads.
     *
     * @param recluster whether to cluster the seeds of all candidates, whatever the rules say
     */
    void refresh(String name, boolean recluster, BooleanSupplier isCancelled) throws Exception {
        PlainActionFuture<Feed> found = new PlainActionFuture<>();
        feeds.get(name, found);
        FeedSchedule schedule = schedule(found.actionGet(TIMEOUT));
        boolean complete = false;
        for (int cycle = 0; complete == false && cycle < MOST_CYCLES; cycle++) {
            runCycle(name, schedule, recluster, () -> isCancelled.getAsBoolean() || mustEnd());
            complete = schedule.refresh().status().stream().allMatch(ShardStatus::isComplete);
        }
    }

    private long bytes() {
        return schedules.values().stream()
                .mapToLong(schedule -> schedule.refresh().bytes())
                .sum();
    }

    private boolean mustEnd() {
        return pluginSwitch.isOn() == false || lifecycle.stoppedOrClosed();
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
    protected void doClose() {
        schedules.values().forEach(schedule -> schedule.refresh().close());
    }

    /** Also while the refresh is paused: what this node holds of the feeds, and which models, follows what there is. */
    private void refreshDueFeeds() {
        // Before the cluster service has started there is no state to ask for.
        if (clusterService.lifecycleState() != Lifecycle.State.STARTED
                || clusterService.state().blocks().hasGlobalBlock(GatewayService.STATE_NOT_RECOVERED_BLOCK)) {
            return;
        }
        if (pluginSwitch.isOn() == false) {
            closeAllBut(List.of());
            return;
        }
        PlainActionFuture<List<Feed>> listed = new PlainActionFuture<>();
        feeds.list(listed);
        List<Feed> all = listed.actionGet(TIMEOUT);
        closeAllBut(all);
        all.forEach(this::refreshIfDue);
    }

    private void closeAllBut(List<Feed> present) {
        Set<String> names = present.stream().map(Feed::name).collect(Collectors.toSet());
        schedules.entrySet().removeIf(schedule -> {
            boolean gone = names.contains(schedule.getKey()) == false;
            if (gone) {
                schedule.getValue().refresh().close();
            }
            return gone;
        });
    }

    private void refreshIfDue(Feed feed) {
        try {
            FeedSchedule schedule = schedule(feed);
            if (enabled && schedule.isDue(threadPool.relativeTimeInMillis())) {
                runCycle(feed.name(), schedule, false, () -> enabled == false || mustEnd());
            }
        } catch (TaskCancelledException e) {
            LOGGER.debug("the refresh of feed [{}] was cancelled", feed.name());
        } catch (Exception e) {
            LOGGER.warn("candidates of feed [{}] could not be refreshed, to be tried again", feed.name(), e);
        }
    }

    private FeedSchedule schedule(Feed feed) {
        PlainActionFuture<LookalikeModel> loaded = new PlainActionFuture<>();
        models.get(feed.model(), loaded);
        boolean recall = RecallField.isMapped(clusterService.state().metadata(), feed.candidates(), feed.field());
        BlockMaker maker = new BlockMaker(feed, loaded.actionGet(TIMEOUT), recall);
        return schedules.compute(feed.name(), (name, present) -> {
            if (present != null && present.refresh().isOf(maker)) {
                return present;
            }
            if (present != null) {
                present.refresh().close();
            }
            String node = clusterService.localNode().getName();
            FeedRefresh refresh = new FeedRefresh(maker, primaries, client, node, stats, memory);
            return new FeedSchedule(refresh, feed.refresh().interval(), threadPool.relativeTimeInMillis());
        });
    }

    private void runCycle(String feed, FeedSchedule schedule, boolean recluster, BooleanSupplier isCancelled)
            throws Exception {
        stats.count(Stat.REFRESH_RUNS);
        CpuTime cpu = CpuTime.begin();
        long begin = threadPool.relativeTimeInMillis();
        try {
            schedule.refresh().run(clusterService.state(), recluster, isCancelled);
            schedule.succeeded(begin);
        } catch (Exception e) {
            stats.count(Stat.REFRESH_ERRORS);
            schedule.failed(begin, e);
            throw e;
        } finally {
            stats.add(Stat.REFRESH_CPU_MILLIS, cpu.millis());
            cycleLog.append(feed, schedule.refresh().status());
        }
    }

    /** Looks every second which feeds are due; one tick at a time. */
    private final class Ticks extends AbstractAsyncTask {

        Ticks() {
            super(LOGGER, threadPool, TICK, true);
        }

        @Override
        protected boolean mustReschedule() {
            return isClosed() == false;
        }

        @Override
        protected String getThreadPool() {
            return THREAD_POOL;
        }

        @Override
        protected void runInternal() {
            refreshDueFeeds();
        }
    }
}
