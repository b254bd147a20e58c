package org.opensearch.ralm.trainer.live;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A click as it is sent: id, routing and vector are the ingest processor's business.
 *
 * @param candidate id of the clicked candidate
 * @param user id of the user
 * @param time when it happened, in milliseconds since 1970
 */
public record Click(String candidate, String user, long time) {

    /** The click's document. */
    public ObjectNode toJson() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("candidate", candidate)
                .put("user", user)
                .put("time", time);
    }
}
