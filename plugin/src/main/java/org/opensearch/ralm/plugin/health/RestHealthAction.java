package org.opensearch.ralm.plugin.health;

import java.util.List;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestActions.NodesResponseRestListener;
import org.opensearch.transport.client.node.NodeClient;

/** {@code GET /_plugins/_ralm/_health}. */
final class RestHealthAction extends BaseRestHandler {

    @Override
    public String getName() {
        return "ralm_health_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(Method.GET, "/_plugins/_ralm/_health"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        return channel -> client.execute(
                TransportHealthAction.TYPE, new HealthRequest(), new NodesResponseRestListener<>(channel));
    }
}
