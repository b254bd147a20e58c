package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Has a feed of a cluster go over to a published model. The cluster does it; this only asks. */
public final class FeedActivation {

    private final ClusterClient client;
    private final String path;

    /** For one feed. */
    public FeedActivation(ClusterClient client, String feed) {
        this.client = client;
        this.path = "/_plugins/_ralm/feeds/" + URLEncoder.encode(feed, StandardCharsets.UTF_8);
    }

    /**
     * Begins, unless that is what the feed goes by, or is being prepared for, already.
     *
     * @return the state of the feed's rollout
     * @throws ClusterException if the cluster refuses or does not answer
     */
    public String begin(String model, String users) {
        JsonNode rollout = client.request("GET", path + "/_rollout");
        boolean preparing = rollout.path("state").asText().equals("preparing");
        if (isOf(rollout.path("serving"), model, users) && preparing == false
                || isOf(rollout.path("beside"), model, users) && preparing) {
            return rollout.path("state").asText();
        }
        JsonNode body =
                JsonNodeFactory.instance.objectNode().put("model", model).put("users", users);
        return client.request("POST", path + "/_activate", body).path("state").asText();
    }

    private static boolean isOf(JsonNode slot, String model, String users) {
        return slot.path("model").asText().equals(model)
                && slot.path("users").asText().equals(users);
    }
}
