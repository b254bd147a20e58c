package org.opensearch.ralm.plugin.feed;

import org.opensearch.ExceptionsHelper;
import org.opensearch.cluster.block.ClusterBlockException;
import org.opensearch.core.rest.RestStatus;

/** Tells that a caller must not do something from that it cannot be done just now. */
public final class Refusal {

    private Refusal() {}

    /** Whether it is the caller who must not; a blocked index answers with the same status. */
    public static boolean is(Exception e) {
        RestStatus status = ExceptionsHelper.status(e);
        return (status == RestStatus.FORBIDDEN || status == RestStatus.UNAUTHORIZED)
                && ExceptionsHelper.unwrap(e, ClusterBlockException.class) == null;
    }
}
