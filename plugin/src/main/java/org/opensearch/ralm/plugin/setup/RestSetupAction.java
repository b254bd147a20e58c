package org.opensearch.ralm.plugin.setup;

import java.io.IOException;
import java.util.List;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

/** {@code POST /_plugins/_ralm/feeds/{feed}/_setup}. */
final class RestSetupAction extends BaseRestHandler {

    @Override
    public String getName() {
        return "ralm_setup_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(Method.POST, "/_plugins/_ralm/feeds/{feed}/_setup"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        SetupFeedRequest setup = request(request);
        return channel -> client.execute(TransportSetupFeedAction.TYPE, setup, new RestToXContentListener<>(channel));
    }

    private static SetupFeedRequest request(RestRequest request) throws IOException {
        String feed = request.param("feed");
        if (request.hasContent() == false) {
            return new SetupFeedRequest(feed);
        }
        try (XContentParser parser = request.contentParser()) {
            return SetupFeedRequest.parse(feed, parser);
        }
    }
}
