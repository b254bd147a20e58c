package org.opensearch.ralm.plugin.model;

import org.opensearch.cluster.service.ClusterService;
import org.opensearch.core.common.unit.ByteSizeValue;
import org.opensearch.ralm.plugin.system.Memory;
import org.opensearch.ralm.plugin.system.Reservation;

/** How large an upload may be, and what its copies take of this node's memory. Safe for use by several threads. */
final class ModelUploads {

    /** Text, bytes, tensors and the document that is written of them. */
    private static final int COPIES = 5;

    /** What a body has beside base64 of the model itself: spaces, names, brackets. */
    private static final int SLACK = 1 << 16;

    private final Memory memory;
    private volatile ByteSizeValue maximumSize;

    ModelUploads(ClusterService clusterService, Memory memory) {
        this.memory = memory;
        this.maximumSize = ModelApi.MAX_SIZE.get(clusterService.getSettings());
        clusterService.getClusterSettings().addSettingsUpdateConsumer(ModelApi.MAX_SIZE, size -> maximumSize = size);
    }

    /**
     * Refuses, before it is read, a body that is longer than that of the largest model: base64 takes four bytes for
     * three, and a manifest may be indented.
     */
    void requireBody(String id, long bytes) {
        if (bytes > 2 * maximumSize.getBytes() + SLACK) {
            throw tooLarge("the body of model [" + id + "]", bytes);
        }
    }

    /** Refuses a model that is too large. */
    void requireSize(String id, long bytes) {
        if (bytes > maximumSize.getBytes()) {
            throw tooLarge("model [" + id + "]", bytes);
        }
    }

    private IllegalArgumentException tooLarge(String what, long bytes) {
        return new IllegalArgumentException(what + " has " + bytes + " bytes, but [" + ModelApi.MAX_SIZE.getKey()
                + "] allows " + maximumSize.getBytes());
    }

    /** Takes what reading, checking and storing so many bytes of a model needs. */
    Reservation reserve(long bytes) {
        return memory.reserve(COPIES * bytes, "ralm_upload");
    }
}
