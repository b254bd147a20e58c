package org.opensearch.ralm.plugin.model;

import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import org.opensearch.core.xcontent.XContentParser;
import org.opensearch.ralm.plugin.system.NamedRequest;
import org.opensearch.ralm.plugin.system.Reservation;
import org.opensearch.rest.BaseRestHandler;
import org.opensearch.rest.RestRequest;
import org.opensearch.rest.RestRequest.Method;
import org.opensearch.rest.action.RestStatusToXContentListener;
import org.opensearch.rest.action.RestToXContentListener;
import org.opensearch.transport.client.node.NodeClient;

/** {@code PUT, GET, DELETE /_plugins/_ralm/models/{id}} and {@code GET /_plugins/_ralm/models}. */
final class RestModelAction extends BaseRestHandler {

    private static final String BASE = "/_plugins/_ralm/models";

    private final Supplier<ModelUploads> node;

    RestModelAction(Supplier<ModelUploads> node) {
        this.node = node;
    }

    @Override
    public String getName() {
        return "ralm_model_action";
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(Method.GET, BASE),
                new Route(Method.GET, BASE + "/{id}"),
                new Route(Method.PUT, BASE + "/{id}"),
                new Route(Method.DELETE, BASE + "/{id}"));
    }

    @Override
    protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        String id = request.param("id");
        return switch (request.method()) {
            case PUT -> put(id, request, client);
            case DELETE ->
                channel -> client.execute(
                        TransportDeleteModelAction.TYPE,
                        new NamedRequest(id),
                        new RestStatusToXContentListener<>(channel));
            default ->
                channel -> client.execute(
                        TransportGetModelsAction.TYPE, new NamedRequest(id), new RestToXContentListener<>(channel));
        };
    }

    private RestChannelConsumer put(String id, RestRequest request, NodeClient client) throws IOException {
        int length = request.content().length();
        ModelUploads uploads = node.get();
        uploads.requireBody(id, length);
        try (Reservation room = uploads.reserve(length);
                XContentParser parser = request.contentParser()) {
            PutModelRequest put = PutModelRequest.parse(id, parser);
            return channel -> client.execute(
                    TransportPutModelAction.TYPE,
                    put,
                    new RestStatusToXContentListener<>(channel, created -> BASE + "/" + id));
        }
    }
}
