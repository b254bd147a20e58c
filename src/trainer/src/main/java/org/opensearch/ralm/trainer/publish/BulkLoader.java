package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes documents by {@code _bulk}, a bounded number at a time. Items that are rejected for load are sent again with
 * back-off; any other refusal ends the load. Not safe for use by several threads.
 */
public final class BulkLoader {

    private static final int MAX_DOCUMENTS = 1_000;
    private static final int MAX_CHARACTERS = 4 << 20;
    private static final int TOO_MANY_REQUESTS = 429;

    private final ClusterClient client;
    private final String path;
    private final Runnable acknowledged;
    private final List<String> waiting = new ArrayList<>();
    private int waitingCharacters;

    /**
     * @param index where the documents go
     * @param acknowledged told each time that all documents added so far have been acknowledged
     */
    public BulkLoader(ClusterClient client, String index, Runnable acknowledged) {
        this.client = client;
        this.path = "/" + index + "/_bulk";
        this.acknowledged = acknowledged;
    }

    /**
     * Adds a document; sends the batch if it is full.
     *
     * @throws ClusterException if the cluster refused a document or did not take the batch
     */
    public void add(String id, JsonNode document) {
        ObjectNode action = JsonNodeFactory.instance.objectNode();
        action.putObject("index").put("_id", id);
        String lines = action + "\n" + document + "\n";
        waiting.add(lines);
        waitingCharacters += lines.length();
        if (waiting.size() >= MAX_DOCUMENTS || waitingCharacters >= MAX_CHARACTERS) {
            flush();
        }
    }

    /**
     * Sends what is left.
     *
     * @throws ClusterException if the cluster refused a document or did not take the batch
     */
    public void flush() {
        List<String> batch = List.copyOf(waiting);
        waiting.clear();
        waitingCharacters = 0;
        if (batch.isEmpty()) {
            return;
        }
        List<String> rejected = send(batch);
        for (int attempt = 1; rejected.isEmpty() == false; attempt++) {
            client.backOff().waitAfter(attempt, tooBusy(rejected.size(), attempt));
            rejected = send(rejected);
        }
        acknowledged.run();
    }

    private static ClusterException tooBusy(int rejected, int attempts) {
        return new ClusterException(
                rejected + " documents were still rejected after " + attempts + " attempts: the cluster is too busy",
                TOO_MANY_REQUESTS,
                null);
    }

    /** Sends a batch and returns what was rejected for load. */
    private List<String> send(List<String> batch) {
        JsonNode items = client.sendLines(path, String.join("", batch)).path("items");
        if (items.size() != batch.size()) {
            throw new ClusterException(
                    "POST " + path + " was sent " + batch.size() + " documents, but answered for " + items.size(),
                    200,
                    null);
        }
        List<String> rejected = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            JsonNode item = items.get(i).path("index");
            int status = item.path("status").asInt();
            if (status == TOO_MANY_REQUESTS) {
                rejected.add(batch.get(i));
            } else if (status < 200 || status >= 300) {
                throw new ClusterException(
                        "document [" + item.path("_id").asText() + "] was refused with " + status + ": "
                                + ErrorReason.of(item.path("error")),
                        status,
                        null);
            }
        }
        return rejected;
    }
}
