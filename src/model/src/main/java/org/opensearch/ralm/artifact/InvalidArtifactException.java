package org.opensearch.ralm.artifact;

/** A model artifact that cannot be used; the message names the faulty part, its value and what was expected. */
public final class InvalidArtifactException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /**
     * @param message what is wrong, where, and what was expected
     */
    public InvalidArtifactException(String message) {
        super(message);
    }

    /**
     * @param message what is wrong, where, and what was expected
     * @param cause the fault of the underlying parser
     */
    public InvalidArtifactException(String message, Throwable cause) {
        super(message, cause);
    }
}
