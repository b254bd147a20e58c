package org.opensearch.ralm.plugin.candidate;

import java.util.List;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

/** {@code GET /_plugins/_ralm/candidates/{feed}/{id}?top=3&routing=…}. */
final class RestCandidateAction extends BaseRestHandler {

    private static final int DEFAULT_TOP = 3;

    @Override
    public String getName() {
        return "ralm_candidate_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(Method.GET, "/_plugins/_ralm/candidates/{feed}/{id}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) {
        int top = request.paramAsInt("top", DEFAULT_TOP);
        if (top < 0 || top > GetCandidateRequest.MOST_TOP) {
            throw new IllegalArgumentException(
                    "[top] must be an integer from 0 to " + GetCandidateRequest.MOST_TOP + ", but is [" + top + "]");
        }
        GetCandidateRequest get =
                new GetCandidateRequest(request.param("feed"), request.param("id"), top, request.param("routing"));
        return channel -> client.execute(TransportGetCandidateAction.TYPE, get, new RestToXContentListener<>(channel));
    }
}
