package org.opensearch.ralm.plugin.candidate;

import java.util.List;
import java.util.Map;
import org.opensearch.core.common.Strings;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.ralm.plugin.system.FrozenWire;
import org.opensearch.test.OpenSearchTestCase;

public class CandidateWireTests extends OpenSearchTestCase {

    private final FrozenWire wire = new FrozenWire(new NamedWriteableRegistry(List.of()));

    public void testWhatIsSentIsThatOfTheFirstWireVersion() throws Exception {
        GetCandidateRequest request =
                wire.check("candidate-request", new GetCandidateRequest("news", "a17", 5), GetCandidateRequest::new);
        assertEquals("news", request.feed());
        assertEquals("a17", request.id());
        assertEquals(5, request.top());
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
}
