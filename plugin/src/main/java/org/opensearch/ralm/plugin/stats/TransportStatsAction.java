package org.opensearch.ralm.plugin.stats;

import java.io.IOException;
import java.util.List;
import org.opensearch.action.ActionType;
import org.opensearch.action.FailedNodeException;
import org.opensearch.action.support.ActionFilters;
import org.opensearch.action.support.nodes.TransportNodesAction;
import org.opensearch.cluster.service.ClusterService;
import org.opensearch.common.inject.Inject;
import org.opensearch.core.common.io.stream.StreamInput;
import org.opensearch.threadpool.ThreadPool;
import org.opensearch.transport.TransportService;

/** Collects what the nodes have counted. */
public final class TransportStatsAction
        extends TransportNodesAction<StatsRequest, StatsResponse, StatsRequest.Node, NodeStats> {

    static final ActionType<StatsResponse> TYPE =
            new ActionType<>("cluster:monitor/opensearch/ralm/stats", StatsResponse::new);

    private final RalmStats stats;

    /** Made by the node. */
    @Inject
    public TransportStatsAction(
            ThreadPool threadPool,
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            RalmStats stats) {
        super(
                TYPE.name(),
                threadPool,
                clusterService,
                transportService,
                actionFilters,
                StatsRequest::new,
                StatsRequest.Node::new,
                ThreadPool.Names.MANAGEMENT,
                NodeStats.class);
        this.stats = stats;
    }

    @Override
    protected StatsResponse newResponse(
            StatsRequest request, List<NodeStats> responses, List<FailedNodeException> failures) {
        return new StatsResponse(clusterService.getClusterName(), responses, failures);
    }

    @Override
    protected StatsRequest.Node newNodeRequest(StatsRequest request) {
        return new StatsRequest.Node();
    }

    @Override
    protected NodeStats newNodeResponse(StreamInput in) throws IOException {
        return new NodeStats(in);
    }

    @Override
    protected NodeStats nodeOperation(StatsRequest.Node request) {
        return new NodeStats(clusterService.localNode(), stats);
    }
}
