package org.opensearch.ralm.plugin.feed;

import org.opensearch.OpenSearchStatusException;
import org.opensearch.core.rest.RestStatus;

/** Tells that a user has no vector, or none that the feed's model can score by. */
public final class MissingVectorException extends OpenSearchStatusException {

    private static final long serialVersionUID = 1L;

    MissingVectorException(String message, RestStatus status) {
        super(message, status);
    }
}
