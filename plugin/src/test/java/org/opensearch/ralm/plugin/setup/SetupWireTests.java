package org.opensearch.ralm.plugin.setup;

import java.util.List;
import org.opensearch.core.common.Strings;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.core.xcontent.MediaTypeRegistry;
import org.opensearch.ralm.plugin.system.FrozenWire;
import org.opensearch.test.OpenSearchTestCase;

public class SetupWireTests extends OpenSearchTestCase {

    private final FrozenWire wire = new FrozenWire(new NamedWriteableRegistry(List.of()));

    public void testWhatIsSentIsThatOfTheFirstWireVersion() throws Exception {
        SetupFeedRequest request =
                wire.check("setup-request", new SetupFeedRequest("news", 3, 2, true), SetupFeedRequest::new);
        assertEquals("news", request.feed());
        assertEquals(3, request.shards());
        assertEquals(2, request.replicas());
        assertTrue(request.recall());
        SetupFeedResponse response = new SetupFeedResponse("news", List.of("clicks"), List.of("articles"));
        assertEquals(
                Strings.toString(MediaTypeRegistry.JSON, response),
                Strings.toString(
                        MediaTypeRegistry.JSON, wire.check("setup-response", response, SetupFeedResponse::new)));
    }
}
