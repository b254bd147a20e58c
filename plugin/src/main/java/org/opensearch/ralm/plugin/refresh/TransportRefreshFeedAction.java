package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.List;
import org.opensearch.ExceptionsHelper;
import org.opensearch.action.ActionType;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.nodes.TransportNodesAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.tasks.CancellableTask;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Has all nodes refresh a feed now, and waits until they have. */
public final class TransportRefreshFeedAction
        extends TransportNodesAction<FeedNodesRequest, FeedStatus, FeedNodesRequest.Node, NodeShards> {

    static final ActionType<FeedStatus> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/feed/refresh", FeedStatus::new);

    private final FeedCache feeds;
    private final RefreshService refresh;

    /** Made by the node. */
    @Inject
    public TransportRefreshFeedAction(
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
                RefreshService.THREAD_POOL,
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
        throw new UnsupportedOperationException("the task is needed, to be cancelled");
    }

    @Override
    protected NodeShards nodeOperation(FeedNodesRequest.Node request, Task task) {
        try {
            CancellableTask cancellable = (CancellableTask) task;
            List<ShardStatus> shards = refresh.refresh(request.feed(), request.recluster(), cancellable::isCancelled);
            return new NodeShards(clusterService.localNode(), refresh.isEnabled() == false, shards);
        } catch (Exception e) {
            throw ExceptionsHelper.convertToRuntime(e);
        }
    }
}
