package org.opensearch.ralm.plugin.health;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.ActionType;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.nodes.TransportNodesAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.ralm.plugin.feed.Feed;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.ralm.plugin.model.ModelCache;
import org.opensearch.ralm.plugin.refresh.FeedPulse;
import org.opensearch.ralm.plugin.refresh.RefreshService;
import org.opensearch.ralm.plugin.stats.RalmStats;
import org.opensearch.ralm.plugin.stats.Stat;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.PluginSwitch;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Asks all nodes how they are, and says what is not well. */
public final class TransportHealthAction
        extends TransportNodesAction<HealthRequest, HealthReport, HealthRequest.Node, NodeHealth> {

    static final ActionType<HealthReport> TYPE =
            new ActionType<>("cluster:monitor/opensearch/ralm/health", HealthReport::new);

    /** How long refused memory is worth a word. */
    private static final long LATELY = TimeUnit.MINUTES.toNanos(10);

    private final FeedCache feeds;
    private final ModelCache models;
    private final RefreshService refresh;
    private final RalmStats stats;
    private final Memory memory;
    private final PluginSwitch pluginSwitch;

    /** Made by the node. */
    @Inject
    public TransportHealthAction(
            ThreadPool threadPool,
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            FeedCache feeds,
            ModelCache models,
            RefreshService refresh,
            RalmStats stats,
            Memory memory,
            PluginSwitch pluginSwitch) {
        super(
                TYPE.name(),
                threadPool,
                clusterService,
                transportService,
                actionFilters,
                HealthRequest::new,
                HealthRequest.Node::new,
                ThreadPool.Names.MANAGEMENT,
                NodeHealth.class);
        this.feeds = feeds;
        this.models = models;
        this.refresh = refresh;
        this.stats = stats;
        this.memory = memory;
        this.pluginSwitch = pluginSwitch;
    }

    @Override
    protected void doExecute(Task task, HealthRequest request, ActionListener<HealthReport> listener) {
        ActionListener<List<Feed>> known = ActionListener.wrap(
                all -> request.setFeeds(all.stream().collect(Collectors.toMap(Feed::name, Function.identity()))),
                e -> request.setFault(ExceptionsHelper.unwrapCause(e).toString()));
        ActionListener<Void> then =
                ActionListener.wrap(nothing -> super.doExecute(task, request, listener), listener::onFailure);
        feeds.list(ActionListener.runAfter(known, () -> then.onResponse(null)));
    }

    @Override
    protected HealthReport newResponse(
            HealthRequest request, List<NodeHealth> nodes, List<FailedNodeException> failures) {
        List<Finding> findings =
                new Examination(clusterService.state(), nodes).of(request, failures, pluginSwitch.isOn());
        return new HealthReport(clusterService.getClusterName(), nodes, failures, findings);
    }

    @Override
    protected HealthRequest.Node newNodeRequest(HealthRequest request) {
        return new HealthRequest.Node(
                request.feeds().values().stream().collect(Collectors.toMap(Feed::name, Feed::model)));
    }

    @Override
    protected NodeHealth newNodeResponse(StreamInput in) throws IOException {
        return new NodeHealth(in);
    }

    @Override
    protected NodeHealth nodeOperation(HealthRequest.Node request) {
        TreeSet<String> missing = new TreeSet<>();
        Map<String, FeedPulse> pulses = new HashMap<>();
        request.models().forEach((feed, model) -> {
            if (models.holds(model) == false) {
                missing.add(feed);
            }
            pulses.put(feed, refresh.pulse(feed));
        });
        return new NodeHealth(
                clusterService.localNode(),
                new NodeHealth.Signs(
                        refresh.isEnabled() == false,
                        memory.hasRefusedWithin(LATELY),
                        stats.get(Stat.CLICKS),
                        stats.get(Stat.CLICKS_OF_UNKNOWN_USERS),
                        missing,
                        pulses));
    }
}
