package org.opensearch.ralm.plugin.refresh;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.ActionRunnable;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.lifecycle.AbstractLifecycleComponent;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.tasks.TaskCancelledException;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.feed.RecallField;
import org.opensearch.ralm.plugin.feed.Rollout;
import org.opensearch.ralm.plugin.metrics.MetricsLog;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.seeds.BlockMaker;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.ralm.plugin.system.Ticks;
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

    private static final String PAUSED = "the refresh is paused by [plugins.ralm.refresh.enabled]";
    private static final Logger LOGGER = LogManager.getLogger(RefreshService.class);
    private static final TimeValue TICK = TimeValue.timeValueSeconds(1);
    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(60);

    /** How many cycles count clicks on request at most, each counting what the one before has made countable. */
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
    private final MetricsLog log;
    private final Ticks ticks;
    private final Map<Slot, FeedSchedule> schedules = new ConcurrentHashMap<>();
    private final Map<Slot, String> obstacles = new ConcurrentHashMap<>();
    private volatile boolean enabled;

    /** One of the two slots of a feed. */
    private record Slot(String feed, int number) {
        static Slot of(Feed feed) {
            return new Slot(feed.name(), feed.slot());
        }
    }

    /**
     * What there is to do for one slot.
     *
     * @param feed the feed as it is in that slot
     * @param serving whether searches go by it
     */
    private record Work(Feed feed, boolean serving) {
        static Stream<Work> of(Feed feed) {
            return Stream.concat(
                    Stream.of(new Work(feed, true)), feed.beside().map(other -> new Work(other, false)).stream());
        }

        Slot slot() {
            return Slot.of(feed);
        }

        boolean prunes() {
            return serving == false && feed.isTwofold() == false;
        }

        boolean isLike(Work other) {
            return slot().equals(other.slot()) && feed.model().equals(other.feed.model()) && prunes() == other.prunes();
        }
    }

    /**
     * Made by the node; begins when it starts.
     *
     * @param client acts as the plugin
     * @param log is told of cycles
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
            MetricsLog log,
            RalmStats stats,
            Memory memory,
            PluginSwitch pluginSwitch) {
        this.client = client;
        this.clusterService = clusterService;
        this.threadPool = threadPool;
        this.feeds = feeds;
        this.models = models;
        this.primaries = primaries;
        this.log = log;
        this.stats = stats;
        this.memory = memory;
        this.pluginSwitch = pluginSwitch;
        this.ticks = new Ticks(LOGGER, threadPool, ThreadPool.Names.GENERIC, TICK, clusterService, this::tick);
        this.enabled = ENABLED.get(clusterService.getSettings());
        clusterService.getClusterSettings().addSettingsUpdateConsumer(ENABLED, on -> enabled = on);
        stats.measure(Stat.REFRESH_MEMORY_BYTES, this::bytes);
        stats.measure(Stat.BACKLOG_CLICKS, this::waitingClicks);
    }

    /** The threads of the task. */
    public static ExecutorBuilder<?> executorBuilder(Settings settings) {
        return new FixedExecutorBuilder(settings, THREAD_POOL, 1, 10, "thread_pool." + THREAD_POOL);
    }

    /** How far this node is with the shards of a feed that it refreshes. */
    NodeShards status(String feed) {
        boolean paused = enabled == false;
        return serving(feed)
                .map(FeedSchedule::refresh)
                .map(refresh ->
                        new NodeShards(clusterService.localNode(), paused, refresh.status(), refresh.exposure()))
                .orElseGet(() -> new NodeShards(clusterService.localNode(), paused, List.of(), ExposureStatus.NONE));
    }

    /** How this node stands with a feed. */
    public FeedPulse pulse(String name) {
        Feed feed = feeds.peek(name);
        String obstacle = feed == null ? null : obstacles.get(Slot.of(feed));
        return serving(name)
                .map(schedule -> FeedPulse.of(
                        schedule.refresh().status(),
                        schedule.refresh().exposure(),
                        obstacle == null ? schedule.failure() : obstacle,
                        Instant.now()))
                .orElseGet(() -> FeedPulse.of(List.of(), ExposureStatus.NONE, obstacle, Instant.now()));
    }

    /** The schedule of the slot that searches of a feed go by, if there is something to do for it here. */
    private Optional<FeedSchedule> serving(String feed) {
        return schedules.entrySet().stream()
                .filter(slot -> slot.getKey().feed().equals(feed))
                .map(Map.Entry::getValue)
                .filter(FeedSchedule::isServing)
                .findFirst();
    }

    /** Whether feeds are refreshed by themselves on this node. */
    public boolean isEnabled() {
        return enabled;
    }

    /**
     * What this node has found to do, and done, in the slot beside the one that searches of a feed go by.
     *
     * @param rollout the feed's change of model; whatever is known, or was done, of another one does not count
     */
    public BesideProgress besideProgress(String name, Rollout rollout) {
        Work work = Optional.ofNullable(feeds.peek(name))
                .filter(feed -> rollout.equals(feed.rollout()))
                .flatMap(Feed::beside)
                .map(beside -> new Work(beside, false))
                .orElse(null);
        FeedSchedule schedule = work == null ? null : schedules.get(work.slot());
        if (schedule == null || schedule.refresh().isOf(work.feed(), work.prunes()) == false) {
            String obstacle = work == null ? null : obstacles.get(work.slot());
            return new BesideProgress(List.of(), enabled ? obstacle : PAUSED);
        }
        return new BesideProgress(schedule.refresh().progress(), enabled ? schedule.problem() : PAUSED);
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
        Feed feed = found.actionGet(TIMEOUT);
        for (Work work : Work.of(feed).toList()) {
            refresh(work, recluster, isCancelled);
        }
    }

    private void refresh(Work work, boolean recluster, BooleanSupplier isCancelled) throws Exception {
        FeedSchedule schedule = schedule(work);
        FeedRefresh refresh = schedule.refresh();
        boolean counted = false;
        boolean grows = true;
        for (int cycle = 1; counted == false || refresh.isBehind() && grows; cycle++) {
            long before = refresh.done();
            runCycle(work, schedule, recluster && counted == false, () -> isCancelled.getAsBoolean() || mustEnd());
            counted |= cycle == MOST_CYCLES || refresh.status().stream().allMatch(ShardStatus::isComplete);
            grows = refresh.done() > before;
        }
    }

    private long bytes() {
        return schedules.values().stream()
                .mapToLong(schedule -> schedule.refresh().bytes())
                .sum();
    }

    private long waitingClicks() {
        return schedules.values().stream()
                .filter(FeedSchedule::isServing)
                .flatMap(schedule -> schedule.refresh().status().stream())
                .mapToLong(ShardStatus::waitingClicks)
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

    /** On the task's own threads, also where requests have filled their queue: a tick they refuse would be the last. */
    private void tick() {
        PlainActionFuture<Void> done = new PlainActionFuture<>();
        threadPool.executor(THREAD_POOL).execute(new ActionRunnable<>(done) {
            @Override
            public boolean isForceExecution() {
                return true;
            }

            @Override
            protected void doRun() {
                refreshDueFeeds();
                listener.onResponse(null);
            }
        });
        done.actionGet();
    }

    /** Also while the refresh is paused: what this node holds of the feeds, and which models, follows what there is. */
    private void refreshDueFeeds() {
        if (pluginSwitch.isOn() == false) {
            closeAllBut(List.of());
            return;
        }
        PlainActionFuture<List<Feed>> listed = new PlainActionFuture<>();
        feeds.list(listed);
        List<Feed> all = listed.actionGet(TIMEOUT);
        closeAllBut(all);
        all.stream().flatMap(Work::of).forEach(this::refreshIfDue);
    }

    private void closeAllBut(List<Feed> present) {
        Set<Slot> slots = present.stream().flatMap(Work::of).map(Work::slot).collect(Collectors.toSet());
        schedules.entrySet().removeIf(schedule -> {
            boolean gone = slots.contains(schedule.getKey()) == false;
            if (gone) {
                schedule.getValue().refresh().close();
            }
            return gone;
        });
        obstacles.keySet().retainAll(slots);
    }

    private void refreshIfDue(Work work) {
        try {
            FeedSchedule schedule = schedule(work);
            if (enabled && schedule.isDue(threadPool.relativeTimeInMillis())) {
                runCycle(work, schedule, false, () -> enabled == false || mustEnd() || isOver(work));
            }
        } catch (TaskCancelledException e) {
            LOGGER.debug("the refresh of feed [{}] was cancelled", work.feed().name());
        } catch (Exception e) {
            LOGGER.warn(
                    "candidates of feed [{}] could not be refreshed, to be tried again",
                    work.feed().name(),
                    e);
        }
    }

    /** Whether the slot that a cycle runs for has become another's, or is to be emptied. */
    private boolean isOver(Work work) {
        Feed now = feeds.peek(work.feed().name());
        return now != null && Work.of(now).noneMatch(work::isLike);
    }

    /** Notes what keeps it from being there, such as a model that cannot be loaded: no schedule could tell. */
    private FeedSchedule schedule(Work work) {
        try {
            FeedSchedule schedule = scheduled(work);
            obstacles.remove(work.slot());
            return schedule;
        } catch (RuntimeException e) {
            obstacles.put(work.slot(), ExceptionsHelper.unwrapCause(e).toString());
            throw e;
        }
    }

    private FeedSchedule scheduled(Work work) {
        Feed feed = work.feed();
        PlainActionFuture<LookalikeModel> loaded = new PlainActionFuture<>();
        models.get(feed.model(), loaded);
        boolean recall = RecallField.isMapped(clusterService.state().metadata(), feed.candidates(), feed.field());
        BlockMaker maker = new BlockMaker(feed, loaded.actionGet(TIMEOUT), recall);
        return schedules.compute(work.slot(), (slot, present) -> {
            if (present != null && present.refresh().isOf(maker, work.prunes())) {
                present.serve(work.serving());
                return present;
            }
            if (present != null) {
                present.refresh().close();
            }
            String node = clusterService.localNode().getName();
            FeedRefresh refresh = new FeedRefresh(maker, work.prunes(), primaries, client, node, stats, memory);
            FeedSchedule schedule =
                    new FeedSchedule(refresh, feed.refresh().interval(), threadPool.relativeTimeInMillis());
            schedule.serve(work.serving());
            return schedule;
        });
    }

    private void runCycle(Work work, FeedSchedule schedule, boolean recluster, BooleanSupplier isCancelled)
            throws Exception {
        stats.count(Stat.REFRESH_RUNS);
        CpuTime cpu = CpuTime.begin();
        long begin = threadPool.relativeTimeInMillis();
        try {
            schedule.refresh().run(clusterService.state(), recluster, isCancelled);
            schedule.succeeded(begin);
            if (schedule.refresh().isInHurry()) {
                schedule.hurry();
            }
        } catch (TaskCancelledException e) {
            // Somebody wanted it so: nothing has failed, and what was due still is.
            throw e;
        } catch (Exception e) {
            stats.count(Stat.REFRESH_ERRORS);
            schedule.failed(begin, e);
            throw e;
        } finally {
            stats.add(Stat.REFRESH_CPU_MILLIS, cpu.millis());
            if (work.serving()) {
                log.append(
                        CycleDocument.of(work.feed().name(), schedule.refresh().status()));
            }
        }
    }
}
