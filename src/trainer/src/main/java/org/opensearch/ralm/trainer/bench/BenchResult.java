package org.opensearch.ralm.trainer.bench;

import com.fasterxml.jackson.databind.JsonNode;

/** What a bench on a local cluster of its own measured. */
public interface BenchResult {

    /** The content of the results file. */
    JsonNode toJson();

    /** For people. */
    String toText();

    /** False if something went wrong that must not: the cluster's files are kept then. */
    default boolean isSound() {
        return true;
    }
}
