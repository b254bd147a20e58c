package org.opensearch.ralm.plugin.system;

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

/** Renews a document in the caches of all nodes; internal, sent after a registry was changed. */
public final class TransportRenewAction
        extends TransportNodesAction<RenewRequest, RenewResponse, RenewRequest.Node, RenewResponse.Node> {

    /** The action's name and type. */
    public static final ActionType<RenewResponse> TYPE =
            new ActionType<>("cluster:admin/opensearch/ralm/cache/renew", RenewResponse::new);

    private final NodeCaches caches;

    /** Made by the node. */
    @Inject
    public TransportRenewAction(
            ThreadPool threadPool,
            ClusterService clusterService,
            TransportService transportService,
            ActionFilters actionFilters,
            NodeCaches caches) {
        super(
                TYPE.name(),
                threadPool,
                clusterService,
                transportService,
                actionFilters,
                RenewRequest::new,
                RenewRequest.Node::new,
                ThreadPool.Names.MANAGEMENT,
                RenewResponse.Node.class);
        this.caches = caches;
    }

    @Override
    protected RenewResponse newResponse(
            RenewRequest request, List<RenewResponse.Node> responses, List<FailedNodeException> failures) {
        return new RenewResponse(clusterService.getClusterName(), responses, failures);
    }

    @Override
    protected RenewRequest.Node newNodeRequest(RenewRequest request) {
        return new RenewRequest.Node(request);
    }

    @Override
    protected RenewResponse.Node newNodeResponse(StreamInput in) throws IOException {
        return new RenewResponse.Node(in);
    }

    @Override
    protected RenewResponse.Node nodeOperation(RenewRequest.Node request) {
        caches.renew(request.cache(), request.key());
        return new RenewResponse.Node(clusterService.localNode());
    }
}
