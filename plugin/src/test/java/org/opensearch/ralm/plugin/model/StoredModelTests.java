package org.opensearch.ralm.plugin.model;

import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.ralm.plugin.Stored;
import org.opensearch.test.OpenSearchTestCase;

public class StoredModelTests extends OpenSearchTestCase {

    public void testAModelIsReadAsItWasStored() throws Exception {
        StoredModel model =
                new StoredModel("m1", 64, "123456789abcdef", 1_795_348_800_000L, 7, new BytesArray("{\"id\":\"m1\"}"));
        assertEquals(model, StoredModel.ofSource(Stored.source("model")));
        assertEquals(model, StoredModel.ofSource(Stored.source("model-later")));
    }
}
