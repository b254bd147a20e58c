package org.opensearch.ralm.plugin.feed;

import java.util.List;
import org.opensearch.core.common.io.stream.Writeable;
import org.opensearch.test.AbstractWireSerializingTestCase;

public class GetFeedsResponseTests extends AbstractWireSerializingTestCase<GetFeedsResponse> {

    @Override
    protected Writeable.Reader<GetFeedsResponse> instanceReader() {
        return GetFeedsResponse::new;
    }

    @Override
    protected GetFeedsResponse createTestInstance() {
        return new GetFeedsResponse(randomBoolean(), randomList(5, PutFeedRequestTests::randomFeed));
    }

    @Override
    protected GetFeedsResponse mutateInstance(GetFeedsResponse response) {
        return new GetFeedsResponse(true, List.of(PutFeedRequestTests.randomFeed()));
    }
}
