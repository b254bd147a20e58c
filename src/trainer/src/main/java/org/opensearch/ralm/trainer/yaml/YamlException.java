package org.opensearch.ralm.trainer.yaml;

/** A YAML file that will not do; the message names file, line, key, value and what was expected. */
public final class YamlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    YamlException(String message) {
        super(message);
    }

    YamlException(String message, Throwable cause) {
        super(message, cause);
    }
}
