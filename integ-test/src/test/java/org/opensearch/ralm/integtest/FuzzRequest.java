package org.opensearch.ralm.integtest;

/**
 * A request as it is sent.
 *
 * @param body null for none
 */
record FuzzRequest(String method, String path, String body) {

    /** Whether the whole body is the plugin's, or a document; of others only what is within its members. */
    boolean isOurs() {
        return path.startsWith("/_plugins/_ralm/") || path.contains("/_doc/") || path.contains("/_bulk");
    }

    /** OpenSearch stores definitions of pipelines as text, and stumbles over it if it is no JSON. */
    boolean mayBeTruncated() {
        return path.contains("/pipeline/") == false;
    }

    boolean isBulk() {
        return path.contains("_bulk") || path.contains("_msearch");
    }
}
