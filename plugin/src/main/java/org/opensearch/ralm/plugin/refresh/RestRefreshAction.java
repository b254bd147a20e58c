package org.opensearch.ralm.plugin.refresh;

import java.util.List;
import org.opensearch.action.ActionType;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestActions.NodesResponseRestListener;
import org.opensearch.rest.action.RestCancellableNodeClient;
import org.opensearch.transport.client.node.NodeClient;

/**
 * {@code GET /_plugins/_ralm/feeds/{feed}/_status} and {@code POST /_plugins/_ralm/feeds/{feed}/_refresh}; the latter
 * ends when its client hangs up.
 */
final class RestRefreshAction extends BaseRestHandler {

    private static final String FEED = "/_plugins/_ralm/feeds/{feed}";

    @Override
    public String getName() {
        return "ralm_refresh_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(Method.GET, FEED + "/_status"), new Route(Method.POST, FEED + "/_refresh"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        boolean refresh = request.method() == Method.POST;
        boolean recluster = refresh && request.paramAsBoolean("recluster", false);
        FeedNodesRequest nodes = new FeedNodesRequest(request.param("feed"), recluster);
        ActionType<FeedStatus> action = refresh ? TransportRefreshFeedAction.TYPE : TransportStatusFeedAction.TYPE;
        return channel -> new RestCancellableNodeClient(client, request.getHttpChannel())
                .execute(action, nodes, new NodesResponseRestListener<>(channel));
    }
}
