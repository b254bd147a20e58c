package org.opensearch.ralm.plugin.refresh;

import java.io.IOException;
import java.util.List;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.nodes.TransportNodesAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.core.action.ActionListener;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.ralm.plugin.feed.FeedCache;
import org.opensearch.tasks.Task;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Has all data nodes do something about their shards of a feed, and puts their answers together. */
abstract class TransportFeedNodesAction
        extends TransportNodesAction<FeedNodesRequest, FeedStatus, FeedNodesRequest.Node, NodeShards> {

    private final FeedCache feeds;

    TransportFeedNodesAction(
            String name,
            String threads,
            ThreadPool threadPool,
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            FeedCache feeds) {
        super(
                name,
                threadPool,
                clusterService,
                transportService,
                actionFilters,
                FeedNodesRequest::new,
                FeedNodesRequest.Node::new,
                threads,
                NodeShards.class);
        this.feeds = feeds;
    }

    /** What this node answers; on the threads of the action. */
    @Override
    protected abstract NodeShards nodeOperation(FeedNodesRequest.Node request, Task task);

    @Override
    protected NodeShards nodeOperation(FeedNodesRequest.Node request) {
        throw new UnsupportedOperationException("every request comes with its task");
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
        return new FeedNodesRequest.Node(request);
    }

    @Override
    protected NodeShards newNodeResponse(StreamInput in) throws IOException {
        return new NodeShards(in);
    }
}
