package org.opensearch.ralm.trainer.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;
import org.opensearch.ralm.trainer.publish.FakeCluster.Answer;
import org.opensearch.ralm.trainer.publish.FakeCluster.Asked;

/** Answers {@code _bulk} of clicks as a clicks index with one shard, or with the status a function says. */
public final class FakeClicks {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final ToIntFunction<JsonNode> refusal;
    private final List<List<String>> bulks = new ArrayList<>();
    private final Set<String> pairs = ConcurrentHashMap.newKeySet();
    private long seqNo;

    /**
     * @param refusal the status a click is refused with; 0 to take it
     */
    public FakeClicks(ToIntFunction<JsonNode> refusal) {
        this.refusal = refusal;
    }

    /** The answer to a bulk request. */
    public synchronized Answer answer(Asked request) {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        String[] lines = request.body().split("\n");
        List<String> bulk = new ArrayList<>();
        for (int line = 1; line < lines.length; line += 2) {
            JsonNode click = read(lines[line]);
            String pair =
                    click.path("candidate").asText() + ":" + click.path("user").asText();
            bulk.add(pair);
            ObjectNode item = items.addObject().putObject("index");
            int refused = refusal.applyAsInt(click);
            if (refused == 0) {
                item.put("status", pairs.add(pair) ? 201 : 200).put("_seq_no", seqNo++);
            } else {
                item.put("status", refused).putObject("error").put("reason", "status " + refused);
            }
        }
        bulks.add(bulk);
        return new Answer(200, answer.toString());
    }

    /** The pairs {@code candidate:user} of each request so far. */
    public synchronized List<List<String>> bulks() {
        return List.copyOf(bulks);
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
