package org.opensearch.ralm.plugin.candidate;

import java.util.List;
import java.util.Map;
import org.opensearch.common.io.stream.BytesStreamOutput;
import org.opensearch.core.common.Strings;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.ralm.plugin.system.FrozenWire;
import org.opensearch.test.OpenSearchTestCase;

public class CandidateWireTests extends OpenSearchTestCase {

    private final FrozenWire wire = new FrozenWire(new NamedWriteableRegistry(List.of()));

    public void testWhatIsSentIsThatOfTheFirstWireVersion() throws Exception {
        // What follows these bytes is no unknown member, but the routing.
        GetCandidateRequest request = wire.read("1/candidate-request", GetCandidateRequest::new);
        assertEquals("news", request.feed());
        assertEquals("a17", request.id());
        assertEquals(5, request.top());
        assertNull(request.routing());
        CandidateResponse response = new CandidateResponse(
                "news",
                "a17",
                Map.of("state", "warm"),
                List.of(new CandidateResponse.Cluster(300, 0.75, List.of("u1", "u2"))));
        assertEquals(
                Strings.toString(MediaTypeRegistry.JSON, response),
                Strings.toString(
                        MediaTypeRegistry.JSON, wire.check("candidate-response", response, CandidateResponse::new)));
    }

    public void testRoutingIsThereAfterTheWire() throws Exception {
        BytesStreamOutput out = new BytesStreamOutput();
        new GetCandidateRequest("news", "a17", 5, "sports").writeTo(out);
        assertEquals("sports", new GetCandidateRequest(out.bytes().streamInput()).routing());
    }
}
