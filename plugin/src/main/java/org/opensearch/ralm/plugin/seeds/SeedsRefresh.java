package org.opensearch.ralm.plugin.seeds;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.support.PlainActionFuture;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.block.ClusterBlockLevel;
import org.opensearch.cluster.metadata.IndexAbstraction;
import org.opensearch.cluster.metadata.IndexMetadata;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.lifecycle.AbstractLifecycleComponent;
import org.opensearch.common.lifecycle.Lifecycle;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.settings.Settings;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.common.util.concurrent.AbstractAsyncTask;
import org.opensearch.core.index.shard.ShardId;
import org.opensearch.gateway.GatewayService;
import org.opensearch.index.shard.IndexShard;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.feed.SeedField;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.threadpool.ExecutorBuilder;
import org.opensearch.threadpool.FixedExecutorBuilder;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;

/**
 * Keeps the candidates of all feeds in step with their feeds' models, on each node for the primaries that are started
 * there: a shard that moves, or whose copy is promoted, is taken over by the node it is on then.
 *
 * <p>In memory is only how far each shard was seen; a node that begins anew looks at everything once. Runs as the
 * plugin, on its own thread. Each round also brings the models of all feeds into this node's memory, for scripts to
 * find.
 */
public final class SeedsRefresh extends AbstractLifecycleComponent {

    /** How long the task rests between two rounds. */
    public static final Setting<TimeValue> INTERVAL = Setting.timeSetting(
            "plugins.ralm.refresh.interval",
            TimeValue.timeValueMinutes(1),
            TimeValue.timeValueSeconds(1),
            Property.NodeScope,
            Property.Dynamic);

    /** Whether it does anything in a round. */
    public static final Setting<Boolean> ENABLED =
            Setting.boolSetting("plugins.ralm.refresh.enabled", true, Property.NodeScope, Property.Dynamic);

    private static final Logger LOGGER = LogManager.getLogger(SeedsRefresh.class);
    private static final String THREAD_POOL = "ralm_refresh";
    private static final TimeValue TIMEOUT = TimeValue.timeValueSeconds(60);

    private final Client client;
    private final ClusterService clusterService;
    private final FeedCache feeds;
    private final ModelCache models;
    private final LocalPrimaries primaries;
    private final RalmStats stats;
    private final Rounds rounds;
    private volatile boolean enabled;

    /** Where a shard was seen up to, under a feed and the content of its model. */
    private record Seen(ShardId shard, Feed feed, long fingerprint) {}

    /** Made by the node; begins when it starts. */
    public SeedsRefresh(
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool,
            FeedCache feeds,
            ModelCache models,
            LocalPrimaries primaries,
            RalmStats stats) {
        this.client = client;
        this.clusterService = clusterService;
        this.feeds = feeds;
        this.models = models;
        this.primaries = primaries;
        this.stats = stats;
        Settings settings = clusterService.getSettings();
        this.enabled = ENABLED.get(settings);
        this.rounds = new Rounds(threadPool, INTERVAL.get(settings));
        clusterService.getClusterSettings().addSettingsUpdateConsumer(ENABLED, on -> enabled = on);
        clusterService.getClusterSettings().addSettingsUpdateConsumer(INTERVAL, rounds::setInterval);
    }

    /** The threads of the task. */
    public static ExecutorBuilder<?> executorBuilder(Settings settings) {
        return new FixedExecutorBuilder(settings, THREAD_POOL, 1, 10, "thread_pool." + THREAD_POOL);
    }

    @Override
    protected void doStart() {
        rounds.rescheduleIfNecessary();
    }

    @Override
    protected void doStop() {
        rounds.close();
    }

    @Override
    protected void doClose() {}

    /** The rounds, one at a time. */
    private final class Rounds extends AbstractAsyncTask {

        private final Map<Seen, Long> marks = new HashMap<>();

        Rounds(ThreadPool threadPool, TimeValue interval) {
            super(LOGGER, threadPool, interval, true);
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
            if (enabled == false || clusterService.lifecycleState() != Lifecycle.State.STARTED) {
                return;
            }
            ClusterState state = clusterService.state();
            if (state.blocks().hasGlobalBlock(GatewayService.STATE_NOT_RECOVERED_BLOCK)) {
                return;
            }
            PlainActionFuture<List<Feed>> listed = new PlainActionFuture<>();
            feeds.list(listed);
            Set<Seen> current = new HashSet<>();
            for (Feed feed : listed.actionGet(TIMEOUT)) {
                refresh(feed, state, current);
            }
            marks.keySet().retainAll(current);
        }

        private void refresh(Feed feed, ClusterState state, Set<Seen> current) {
            try {
                PlainActionFuture<LookalikeModel> loaded = new PlainActionFuture<>();
                models.get(feed.model(), loaded);
                BlockMaker maker = new BlockMaker(feed, loaded.actionGet(TIMEOUT));
                for (IndexShard shard : primaries.of(writableIndices(feed, state, maker))) {
                    Seen seen = new Seen(shard.shardId(), feed, maker.model().fingerprint());
                    current.add(seen);
                    long mark = marks.getOrDefault(seen, -1L);
                    marks.put(seen, new ShardRefresh(shard, maker, client, stats).run(mark));
                }
            } catch (Exception e) {
                stats.count(Stat.REFRESH_ERRORS);
                LOGGER.warn("candidates of feed [{}] could not be refreshed, to be tried again", feed.name(), e);
            }
        }
    }

    /** The open indices of a feed's candidates that may be written to and whose field fits the model. */
    private static Set<String> writableIndices(Feed feed, ClusterState state, BlockMaker maker) {
        IndexAbstraction candidates = state.metadata().getIndicesLookup().get(feed.candidates());
        if (candidates == null) {
            return Set.of();
        }
        return candidates.getIndices().stream()
                .filter(index -> index.getState() == IndexMetadata.State.OPEN)
                .map(index -> index.getIndex().getName())
                .filter(index -> state.blocks().indexBlocked(ClusterBlockLevel.WRITE, index) == false)
                .filter(index -> SeedField.hasDimension(
                        state.metadata(), index, feed.field(), maker.model().dimension()))
                .collect(Collectors.toSet());
    }
}
