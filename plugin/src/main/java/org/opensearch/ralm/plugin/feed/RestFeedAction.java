package org.opensearch.ralm.plugin.feed;

import java.io.IOException;
import java.util.List;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.ralm.plugin.system.NamedRequest;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestStatusToXContentListener;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

/** {@code PUT, GET, DELETE /_plugins/_ralm/feeds/{feed}} and {@code GET /_plugins/_ralm/feeds}. */
final class RestFeedAction extends BaseRestHandler {

    private static final String BASE = "/_plugins/_ralm/feeds";

    @Override
    public String getName() {
        return "ralm_feed_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, BASE),
                new Route(Method.GET, BASE + "/{feed}"),
                new Route(Method.PUT, BASE + "/{feed}"),
                new Route(Method.DELETE, BASE + "/{feed}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        String name = request.param("feed");
        return switch (request.method()) {
            case PUT -> put(name, request, client);
            case DELETE ->
                channel -> client.execute(
                        TransportDeleteFeedAction.TYPE,
                        new NamedRequest(name),
                        new RestStatusToXContentListener<>(channel));
            default ->
                channel -> client.execute(
                        TransportGetFeedsAction.TYPE, new NamedRequest(name), new RestToXContentListener<>(channel));
        };
    }

    private static RestChannelConsumer put(String name, RestRequest request, NodeClient client) throws IOException {
        try (XContentParser parser = request.contentParser()) {
            PutFeedRequest put = PutFeedRequest.parse(name, parser);
            return channel -> client.execute(
                    TransportPutFeedAction.TYPE,
                    put,
                    new RestStatusToXContentListener<>(channel, created -> BASE + "/" + name));
        }
    }
}
