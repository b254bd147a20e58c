package org.opensearch.ralm.plugin.rollout;

import java.io.IOException;
import java.util.List;
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
import org.opensearch.ralm.plugin.refresh.BesideProgress;
import org.opensearch.ralm.plugin.refresh.RefreshService;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Asks all nodes how far they are with a feed's change of model; those without the model begin to load it. */
public final class TransportRolloutAction
        extends TransportNodesAction<RolloutRequest, RolloutStatus, RolloutRequest.Node, NodeRollout> {

    static final ActionType<RolloutStatus> TYPE =
            new ActionType<>("cluster:monitor/opensearch/ralm/feed/rollout", RolloutStatus::new);

    private final FeedCache feeds;
    private final ModelCache models;
    private final RefreshService refresh;

    /** Made by the node. */
    @Inject
    public TransportRolloutAction(
            ThreadPool threadPool,
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            FeedCache feeds,
            ModelCache models,
            RefreshService refresh) {
        super(
                TYPE.name(),
                threadPool,
                clusterService,
                transportService,
                actionFilters,
                RolloutRequest::new,
                RolloutRequest.Node::new,
                ThreadPool.Names.MANAGEMENT,
                NodeRollout.class);
        this.feeds = feeds;
        this.models = models;
        this.refresh = refresh;
    }

    @Override
    protected void doExecute(Task task, RolloutRequest request, ActionListener<RolloutStatus> listener) {
        feeds.get(
                request.name(),
                ActionListener.wrap(feed -> super.doExecute(task, request.of(feed), listener), listener::onFailure));
    }

    @Override
    protected RolloutStatus newResponse(
            RolloutRequest request, List<NodeRollout> nodes, List<FailedNodeException> failures) {
        Feed feed = request.feed();
        List<String> waitingFor = WaitingList.of(feed, clusterService.state(), nodes, failures);
        return new RolloutStatus(feed, waitingFor, clusterService.getClusterName(), nodes, failures);
    }

    @Override
    protected RolloutRequest.Node newNodeRequest(RolloutRequest request) {
        return new RolloutRequest.Node(request.name(), request.feed().rollout());
    }

    @Override
    protected NodeRollout newNodeResponse(StreamInput in) throws IOException {
        return new NodeRollout(in);
    }

    @Override
    protected NodeRollout nodeOperation(RolloutRequest.Node request) {
        if (request.rollout() == null) {
            return new NodeRollout(clusterService.localNode(), false, List.of(), null);
        }
        BesideProgress progress = refresh.besideProgress(request.feed(), request.rollout());
        boolean loaded = models.peek(request.rollout().model()) != null;
        return new NodeRollout(clusterService.localNode(), loaded, progress.shards(), progress.problem());
    }
}
