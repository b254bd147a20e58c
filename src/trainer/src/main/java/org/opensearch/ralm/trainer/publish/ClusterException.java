package org.opensearch.ralm.trainer.publish;

import javax.net.ssl.SSLException;

/** A request that the cluster refused, or that never got an answer. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /**
     * @param message what was asked and what the cluster said
     * @param status the HTTP status; 0 if there was no answer
     * @param cause the client's fault
     */
    public ClusterException(String message, int status, Throwable cause) {
        super(message, cause);
        this.status = status;
    }

    /** The HTTP status; 0 if there was no answer. */
    public int status() {
        return status;
    }

    /**
     * Whether the same request may succeed later: no answer, but for want of trust, too many requests, or a node that is
     * going or coming.
     */
    boolean isPassing() {
        return (status == 0 && getCause() instanceof SSLException == false)
                || status == 429
                || status == 502
                || status == 503
                || status == 504;
    }
}
