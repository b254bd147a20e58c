package org.opensearch.ralm.plugin.rollout;

import java.io.IOException;
import java.util.List;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.ralm.plugin.system.NamedRequest;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestActions.NodesResponseRestListener;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

/** {@code POST …/feeds/{feed}/_activate}, {@code POST …/_rollback}, {@code GET} and {@code DELETE …/_rollout}. */
final class RestRolloutAction extends BaseRestHandler {

    private static final String FEED = "/_plugins/_ralm/feeds/{feed}";

    @Override
    public String getName() {
        return "ralm_rollout_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Method.POST, FEED + "/_activate"),
                new Route(Method.POST, FEED + "/_rollback"),
                new Route(Method.GET, FEED + "/_rollout"),
                new Route(Method.DELETE, FEED + "/_rollout"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        String feed = request.param("feed");
        return switch (request.method()) {
            case GET ->
                channel -> client.execute(
                        TransportRolloutAction.TYPE,
                        new RolloutRequest(feed),
                        new NodesResponseRestListener<>(channel));
            case DELETE ->
                channel -> client.execute(
                        TransportCancelRolloutAction.TYPE,
                        new NamedRequest(feed),
                        new RestToXContentListener<>(channel));
            default -> request.path().endsWith("/_rollback") ? rollback(feed, client) : activate(feed, request, client);
        };
    }

    private static RestChannelConsumer rollback(String feed, NodeClient client) {
        return channel -> client.execute(
                TransportRollbackAction.TYPE, new NamedRequest(feed), new RestToXContentListener<>(channel));
    }

    private static RestChannelConsumer activate(String feed, RestRequest request, NodeClient client)
            throws IOException {
        try (XContentParser parser = request.contentParser()) {
            ActivateRequest activate = ActivateRequest.parse(feed, parser);
            return channel ->
                    client.execute(TransportActivateAction.TYPE, activate, new RestToXContentListener<>(channel));
        }
    }
}
