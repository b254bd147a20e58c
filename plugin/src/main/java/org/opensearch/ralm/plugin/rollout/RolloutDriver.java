package org.opensearch.ralm.plugin.rollout;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.opensearch.action.admin.indices.refresh.RefreshRequest;
import org.opensearch.action.support.IndicesOptions;
import org.opensearch.cluster.ClusterState;
import org.opensearch.cluster.routing.IndexRoutingTable;
import org.opensearch.cluster.routing.ShardRouting;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.lifecycle.AbstractLifecycleComponent;
import org.opensearch.common.settings.Setting;
import org.opensearch.common.settings.Setting.Property;
import org.opensearch.common.unit.TimeValue;
import org.opensearch.core.action.ActionListener;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedApi;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.feed.FeedWriter;
import org.opensearch.ralm.plugin.feed.Rollout;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.ralm.plugin.system.Ticks;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.client.Client;

/**
 * Takes changes of models from one state to the next, when all nodes have done what is theirs: on the node that has the
 * primary of the feeds, so that another one goes on where this one stops. Each step is compare-and-set on the feed as it
 * was when the nodes were asked, so two nodes that both think it is theirs do no harm.
 */
public final class RolloutDriver extends AbstractLifecycleComponent {

    /** How long the slot that searches do not go by any more is kept, and kept in step, after a change of model. */
    public static final Setting<TimeValue> KEEP = Setting.timeSetting(
            "plugins.ralm.rollout.keep",
            TimeValue.timeValueDays(1),
            TimeValue.ZERO,
            Property.NodeScope,
            Property.Dynamic);

    private static final Logger LOGGER = LogManager.getLogger(RolloutDriver.class);
    private static final TimeValue TICK = TimeValue.timeValueSeconds(1);

    private final Client client;
    private final ClusterService clusterService;
    private final ThreadPool threadPool;
    private final FeedCache feeds;
    private final FeedWriter writer;
    private final RalmStats stats;
    private final PluginSwitch pluginSwitch;
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final Ticks ticks;
    private volatile TimeValue keep;

    /**
     * Made by the node; begins when it starts.
     *
     * @param client acts as the plugin
     * @param pluginSwitch while it is off nothing is done
     */
    public RolloutDriver(
            Client client,
            ClusterService clusterService,
            ThreadPool threadPool,
            FeedCache feeds,
            FeedWriter writer,
            RalmStats stats,
            PluginSwitch pluginSwitch) {
        this.client = client;
        this.clusterService = clusterService;
        this.threadPool = threadPool;
        this.feeds = feeds;
        this.writer = writer;
        this.stats = stats;
        this.pluginSwitch = pluginSwitch;
        this.ticks = new Ticks(LOGGER, threadPool, ThreadPool.Names.GENERIC, TICK, clusterService, this::driveAll);
        this.keep = KEEP.get(clusterService.getSettings());
        clusterService.getClusterSettings().addSettingsUpdateConsumer(KEEP, time -> keep = time);
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

    private void driveAll() {
        if (pluginSwitch.isOn() && isHere(clusterService.state())) {
            ActionListener<List<Feed>> driven = ActionListener.wrap(
                    all -> all.stream()
                            .filter(feed -> feed.beside().isPresent())
                            .forEach(this::drive),
                    e -> LOGGER.debug("feeds could not be read, to be tried again", e));
            feeds.list(driven);
        }
    }

    private static boolean isHere(ClusterState state) {
        IndexRoutingTable index = state.routingTable().index(FeedApi.INDEX.getIndexPattern());
        ShardRouting primary = index == null ? null : index.shard(0).primaryShard();
        return primary != null
                && primary.active()
                && primary.currentNodeId().equals(state.nodes().getLocalNodeId());
    }

    private void drive(Feed feed) {
        if (busy.add(feed.name()) == false) {
            return;
        }
        ActionListener<Void> free = ActionListener.runAfter(
                ActionListener.wrap(
                        done -> {},
                        e -> LOGGER.debug("the rollout of feed [{}] did not go on, to be tried again", feed.name(), e)),
                () -> busy.remove(feed.name()));
        if (feed.isPreparing() || feed.isTwofold() == false) {
            client.execute(
                    TransportRolloutAction.TYPE,
                    new RolloutRequest(feed.name()),
                    ActionListener.wrap(status -> take(status, free), free::onFailure));
        } else if (feed.rollout().changedAt().plusMillis(keep.millis()).isAfter(now())) {
            free.onResponse(null);
        } else {
            change(feed, now -> now.with(now.rollout().with(Rollout.Beside.PRUNING)), free);
        }
    }

    private Instant now() {
        return Instant.ofEpochMilli(threadPool.absoluteTimeInMillis());
    }

    private void take(RolloutStatus status, ActionListener<Void> listener) {
        Feed feed = status.feed();
        if (status.isComplete() == false || feed.beside().isEmpty()) {
            listener.onResponse(null);
        } else if (feed.isPreparing()) {
            showBlocks(feed, ActionListener.wrap(shown -> flip(feed, listener), listener::onFailure));
        } else if (feed.isTwofold() == false) {
            change(feed, now -> now.with(now.rollout().with(Rollout.Beside.PRUNED)), listener);
        } else {
            listener.onResponse(null);
        }
    }

    /** What was written last is seen by searches before they go by it. */
    private void showBlocks(Feed feed, ActionListener<Void> listener) {
        RefreshRequest request =
                new RefreshRequest(feed.candidates()).indicesOptions(IndicesOptions.lenientExpandOpen());
        client.admin().indices().refresh(request, ActionListener.map(listener, answer -> {
            if (answer.getFailedShards() > 0) {
                throw new IllegalStateException("[" + feed.candidates() + "] was not refreshed on all of its shards");
            }
            return null;
        }));
    }

    private void flip(Feed feed, ActionListener<Void> listener) {
        change(feed, now -> now.flipped(Rollout.State.ACTIVE, now()), ActionListener.map(listener, done -> {
            stats.count(Stat.ROLLOUTS);
            return done;
        }));
    }

    private void change(Feed seen, UnaryOperator<Feed> change, ActionListener<Void> listener) {
        UnaryOperator<Feed> unlessChanged = now -> {
            if (seen.rollout().equals(now.rollout()) == false || seen.slot() != now.slot()) {
                throw new IllegalStateException("feed [" + seen.name() + "] was changed meanwhile");
            }
            return change.apply(now);
        };
        writer.change(seen.name(), unlessChanged, ActionListener.map(listener, changed -> {
            LOGGER.info(
                    "feed [{}] goes by model [{}]; beside it is [{}], [{}]",
                    changed.name(),
                    changed.model(),
                    changed.rollout().model(),
                    changed.rollout().beside());
            return null;
        }));
    }
}
