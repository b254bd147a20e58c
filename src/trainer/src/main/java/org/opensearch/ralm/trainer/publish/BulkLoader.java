package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Indexes documents by {@code _bulk}, a bounded number at a time. Items that are rejected for load are sent again with
 * back-off; any other refusal ends the load. Not safe for use by several threads.
 */
public final class BulkLoader {

    private static final int MAX_DOCUMENTS = 1_000;
    private static final int MAX_CHARACTERS = 4 << 20;

    private final ClusterClient client;
    private final String path;
    private final BackOff backOff;
    private final LongConsumer acknowledged;
    private final List<String> waiting = new ArrayList<>();
    private int waitingCharacters;
    private long done;

    /**
     * @param index where the documents go
     * @param acknowledged told after each batch how many documents have been acknowledged in all
     */
    public BulkLoader(ClusterClient client, String index, LongConsumer acknowledged) {
        this.client = client;
        this.path = "/" + index + "/_bulk";
        this.backOff = BackOff.standard();
        this.acknowledged = acknowledged;
    }

    /** Adds a document; sends the batch if it is full. */
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

    /** Sends what is left. */
    public void flush() {
        List<String> batch = List.copyOf(waiting);
        waiting.clear();
        waitingCharacters = 0;
        for (int attempt = 1; batch.isEmpty() == false; attempt++) {
            List<String> rejected = send(batch);
            done += batch.size() - rejected.size();
            batch = rejected;
            if (batch.isEmpty() == false) {
                waitBeforeNext(attempt, rejected.size());
            }
        }
        acknowledged.accept(done);
    }

    private void waitBeforeNext(int attempt, int rejected) {
        ClusterException busy = new ClusterException(
                rejected + " documents were still rejected after " + attempt + " attempts: the cluster is too busy",
                429,
                null);
        if (attempt >= backOff.attempts()) {
            throw busy;
        }
        backOff.pause(attempt, busy);
    }

    /** Sends a batch and returns what was rejected for load. */
    private List<String> send(List<String> batch) {
        JsonNode answer = client.sendLines(path, String.join("", batch));
        List<String> rejected = new ArrayList<>();
        for (int i = 0; answer.path("errors").asBoolean() && i < batch.size(); i++) {
            JsonNode item = answer.path("items").path(i).path("index");
            int status = item.path("status").asInt();
            if (status == 429) {
                rejected.add(batch.get(i));
            } else if (status >= 300) {
                throw new ClusterException(
                        "document [" + item.path("_id").asText() + "] was refused: "
                                + item.path("error").path("reason").asText(item.toString()),
                        status,
                        null);
            }
        }
        return rejected;
    }
}
