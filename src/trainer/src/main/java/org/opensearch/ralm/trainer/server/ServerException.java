package org.opensearch.ralm.trainer.server;

/** A local server cannot be started, reached or stopped. The message is written for the person at the terminal. */
public final class ServerException extends RuntimeException {
    public ServerException(String message) {
        super(message);
    }

    ServerException(String message, Throwable cause) {
        super(message, cause);
    }
}
