package org.opensearch.ralm.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import org.opensearch.client.json.JsonpDeserializer;
import org.opensearch.client.json.JsonpMapper;
import org.opensearch.client.opensearch.OpenSearchClient;
import org.opensearch.client.opensearch.core.SearchResponse;
import org.opensearch.client.opensearch.core.search.Hit;
import org.opensearch.client.opensearch.generic.Bodies;
import org.opensearch.client.opensearch.generic.Body;
import org.opensearch.client.opensearch.generic.Request;
import org.opensearch.client.opensearch.generic.Requests;
import org.opensearch.client.opensearch.generic.Response;

/**
 * Searches by JSON, as the typed requests of the client know no queries of plugins. Answers are read by the client's own
 * types. A search that is rejected for load is sent again.
 */
final class RalmSearch {
    private static final int TOO_MANY_REQUESTS = 429;

    private final OpenSearchClient client;

    RalmSearch(OpenSearchClient client) {
        this.client = client;
    }

    List<PageHit> search(String index, ObjectNode body) throws IOException {
        Request request = Requests.builder()
                .endpoint("/" + index + "/_search")
                .method("POST")
                .json(body.toString())
                .build();
        Patience patience = new Patience();
        while (true) {
            try (Response response = client.generic().execute(request)) {
                if (response.getStatus() == 200) {
                    return hits(response.getBody().orElseThrow());
                }
                if (response.getStatus() != TOO_MANY_REQUESTS) {
                    throw new IOException(response.getStatus() + ": "
                            + response.getBody().map(Body::bodyAsString).orElse("no body"));
                }
            }
            patience.afterRejection("a search in [" + index + "] was rejected");
        }
    }

    private List<PageHit> hits(Body body) {
        JsonpMapper mapper = client._transport().jsonpMapper();
        SearchResponse<JsonNode> response = Bodies.json(
                body, SearchResponse.createSearchResponseDeserializer(JsonpDeserializer.of(JsonNode.class)), mapper);
        return response.hits().hits().stream().map(RalmSearch::hit).toList();
    }

    /** The only {@code ralm_score} of the request is the first of the log. */
    private static PageHit hit(Hit<JsonNode> hit) {
        JsonNode log = hit.fields().get("ralm_log").to(JsonNode.class);
        return new PageHit(hit.id(), hit.source(), log.get(0));
    }
}
