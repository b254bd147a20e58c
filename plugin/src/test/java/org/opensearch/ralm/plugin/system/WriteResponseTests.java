package org.opensearch.ralm.plugin.system;

import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.core.rest.RestStatus;
import org.opensearch.ralm.plugin.system.WriteResponse.Result;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class WriteResponseTests extends AbstractWireSerializingTestCase<WriteResponse> {

    @Override
    protected Writeable.Reader<WriteResponse> instanceReader() {
        return WriteResponse::new;
    }

    @Override
    protected WriteResponse createTestInstance() {
        return new WriteResponse(randomAlphaOfLength(5), randomFrom(Result.values()));
    }

    @Override
    protected WriteResponse mutateInstance(WriteResponse response) {
        return new WriteResponse(randomAlphaOfLength(6), response.result());
    }

    public void testOnlyWhatIsNewIsCreated() {
        for (Result result : Result.values()) {
            RestStatus expected = result == Result.CREATED ? RestStatus.CREATED : RestStatus.OK;
            assertEquals(expected, new WriteResponse("x", result).status());
        }
    }
}
