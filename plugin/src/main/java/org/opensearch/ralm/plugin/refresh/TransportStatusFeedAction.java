package org.opensearch.ralm.plugin.refresh;

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
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Asks all nodes how far they are with a feed. */
public final class TransportStatusFeedAction
        extends TransportNodesAction<FeedNodesRequest, FeedStatus, FeedNodesRequest.Node, NodeShards> {

    static final ActionType<FeedStatus> TYPE =
            new ActionType<>("cluster:monitor/opensearch/ralm/feed/status", FeedStatus::new);

    private final FeedCache feeds;
    private final RefreshService refresh;

    /** Made by the node. */
    @Inject
    public TransportStatusFeedAction(
            ThreadPool threadPool,
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            FeedCache feeds,
            RefreshService refresh) {
        super(
                TYPE.name(),
                threadPool,
                clusterService,
                transportService,
                actionFilters,
                FeedNodesRequest::new,
                FeedNodesRequest.Node::new,
                ThreadPool.Names.MANAGEMENT,
                NodeShards.class);
        this.feeds = feeds;
        this.refresh = refresh;
    }

    @Override
    protected void doExecute(Task task, FeedNodesRequest request, ActionListener<FeedStatus> listener) {
        feeds.get(
                request.feed(),
                ActionListener.wrap(feed -> super.doExecute(task, request, listener), listener::onFailure));
    }

    @Override
    protected FeedStatus newResponse(
            FeedNodesRequest request, List<NodeShards> responses, List<FailedNodeException> failures) {
        return new FeedStatus(request.feed(), clusterService.getClusterName(), responses, failures);
    }

    @Override
    protected FeedNodesRequest.Node newNodeRequest(FeedNodesRequest request) {
        return request.toNode();
    }

    @Override
    protected NodeShards newNodeResponse(StreamInput in) throws IOException {
        return new NodeShards(in);
    }

    @Override
    protected NodeShards nodeOperation(FeedNodesRequest.Node request) {
        return new NodeShards(clusterService.localNode(), refresh.isEnabled() == false, refresh.status(request.feed()));
    }
}
