package org.opensearch.ralm.plugin.model;

import java.util.List;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.common.bytes.BytesReference;
import org.opensearch.core.common.io.stream.NamedWriteableRegistry;
import org.opensearch.ralm.plugin.system.FrozenWire;
import org.opensearch.test.OpenSearchTestCase;

public class ModelWireTests extends OpenSearchTestCase {

    private static final BytesReference MANIFEST = new BytesArray("{\"id\":\"m1\"}");

    private final FrozenWire wire = new FrozenWire(new NamedWriteableRegistry(List.of()));

    public void testWhatIsSentIsThatOfTheFirstWireVersion() throws Exception {
        PutModelRequest put = wire.check(
                "put_model", new PutModelRequest("m1", MANIFEST, new BytesArray("weights")), PutModelRequest::new);
        assertEquals("m1", put.id());
        assertEquals(MANIFEST, put.manifest());
        assertEquals("weights", put.weights().utf8ToString());
        GetModelsResponse models = new GetModelsResponse(
                true, List.of(new StoredModel("m1", 64, "0123456789abcdef", 1_700_000_000_000L, 7, MANIFEST)));
        assertEquals(models, wire.check("models", models, GetModelsResponse::new));
    }
}
