package org.opensearch.ralm.trainer.source;

/** A dataset could not be read. The message is for the person who gave it: where, what was found, what was expected. */
public final class DatasetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatasetException(String message) {
        super(message);
    }

    public DatasetException(String message, Throwable cause) {
        super(message, cause);
    }
}
