package org.opensearch.ralm.trainer.network;

/** How the fields of a user become one vector. */
public enum Merge {
    /** A weighted mean, equations (6) to (8). */
    ATTENTION,
    /** Side by side, as YouTube DNN has it. */
    CONCAT
}
