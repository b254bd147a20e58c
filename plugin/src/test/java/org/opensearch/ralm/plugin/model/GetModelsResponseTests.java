package org.opensearch.ralm.plugin.model;

import java.util.List;
import org.opensearch.core.common.bytes.BytesArray;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class GetModelsResponseTests extends AbstractWireSerializingTestCase<GetModelsResponse> {

    @Override
    protected Writeable.Reader<GetModelsResponse> instanceReader() {
        return GetModelsResponse::new;
    }

    @Override
    protected GetModelsResponse createTestInstance() {
        return new GetModelsResponse(randomBoolean(), randomList(3, GetModelsResponseTests::randomModel));
    }

    private static StoredModel randomModel() {
        return new StoredModel(
                randomAlphaOfLength(5),
                randomIntBetween(1, 1024),
                randomAlphaOfLength(16),
                randomNonNegativeLong(),
                randomNonNegativeLong(),
                new BytesArray("{\"id\":\"" + randomAlphaOfLength(5) + "\"}"));
    }

    @Override
    protected GetModelsResponse mutateInstance(GetModelsResponse response) {
        return new GetModelsResponse(true, List.of(randomModel()));
    }
}
