package org.opensearch.ralm.trainer.server;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.Optional;

/**
 * A node's view of its cluster.
 *
 * @param status {@code green}, {@code yellow} or {@code red}
 * @param nodes how many nodes the cluster has
 * @param activeShards how many shards are started, replicas included
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ClusterHealth(
        String status, @JsonProperty("number_of_nodes") int nodes, @JsonProperty("active_shards") int activeShards) {
    private static final int TIMEOUT_MILLIS = 5_000;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Asks the node at {@code url}; nothing if it doesn't answer, or knows no cluster manager yet. */
    static Optional<ClusterHealth> of(URI url) {
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) url.resolve("/_cluster/health").toURL().openConnection();
            connection.setConnectTimeout(TIMEOUT_MILLIS);
            connection.setReadTimeout(TIMEOUT_MILLIS);
            try (InputStream body = connection.getInputStream()) {
                return Optional.of(JSON.readValue(body, ClusterHealth.class));
            }
        } catch (IOException noAnswer) {
            return Optional.empty();
        }
    }
}
