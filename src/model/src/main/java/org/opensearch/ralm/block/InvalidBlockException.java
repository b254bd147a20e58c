package org.opensearch.ralm.block;

/** Bytes that are not a seed block; the message says where and why. */
public final class InvalidBlockException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    InvalidBlockException(String message) {
        super("malformed seed block: " + message);
    }
}
