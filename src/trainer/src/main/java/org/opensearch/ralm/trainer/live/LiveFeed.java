package org.opensearch.ralm.trainer.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/**
 * A feed whose seeds come from clicks.
 *
 * @param client the cluster
 * @param name the feed's name
 * @param users the index of user vectors
 */
public record LiveFeed(ClusterClient client, String name, String users) {

    /** The candidates index. */
    public String candidates() {
        return name;
    }

    /** The clicks index. */
    public String clicks() {
        return name + "-clicks";
    }

    /** The pipeline that completes clicks. */
    public String clicksPipeline() {
        return "ralm-" + name + "-clicks";
    }

    /**
     * Defines the feed and makes the indices and pipelines that are missing; the clicks index gets one shard.
     *
     * @param model the model's id
     * @param options members of the feed beyond its model and indices, as {@code refresh_interval}
     * @param replicas of each index that is made
     */
    public void create(String model, ObjectNode options, int replicas) {
        create(model, options, 1, replicas);
    }

    /**
     * The same with any number of shards.
     *
     * @param shards of each index that is made
     */
    public void create(String model, ObjectNode options, int shards, int replicas) {
        ObjectNode feed = options.deepCopy();
        feed.put("candidates", candidates()).put("clicks", clicks()).put("users", users);
        feed.put("model", model);
        client.request("PUT", path(""), feed);
        ObjectNode indices = JsonNodeFactory.instance.objectNode();
        indices.put("number_of_shards", shards).put("number_of_replicas", replicas);
        client.request("POST", path("/_setup"), indices);
    }

    /** Deletes the feed and its candidates and clicks; users and model stay. */
    public void delete() {
        client.request("DELETE", path(""));
        client.request("DELETE", "/" + candidates() + "," + clicks());
    }

    /** What the cluster says of the feed's freshness. */
    public JsonNode status() {
        return client.request("GET", path("/_status"));
    }

    /** How many clicks wait to be counted. */
    public long backlog() {
        JsonNode backlog = status().at("/backlog/clicks");
        if (backlog.isNumber() == false) {
            throw new IllegalStateException("the status of feed [" + name + "] has no [backlog.clicks]");
        }
        return backlog.asLong();
    }

    /**
     * Counts all clicks now and clusters all candidates from scratch; answers when that is done.
     *
     * @throws IllegalStateException if a node could not do its part
     */
    public void recluster() {
        JsonNode nodes =
                client.request("POST", path("/_refresh?recluster=true")).path("_nodes");
        if (nodes.path("failed").asInt() > 0) {
            throw new IllegalStateException("feed [" + name + "] was not refreshed by all nodes: " + nodes);
        }
    }

    private String path(String rest) {
        return "/_plugins/_ralm/feeds/" + name + rest;
    }
}
