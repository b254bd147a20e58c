package org.opensearch.ralm.trainer.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.opensearch.ralm.trainer.publish.ClusterClient;

/**
 * Watches a sample of clicks until they are counted: until the candidate's {@code clicks_seq_no} has reached the
 * click's sequence number, as a realtime read sees it. The clicks index must have one shard, whose sequence numbers can
 * be compared. A click is found to be counted at the end of the {@link #poll} that sees it, so what is measured is
 * rather too long. Thread-safe.
 */
public final class Staleness {

    private static final String COUNTED = "ralm.clicks_seq_no";

    private final ClusterClient client;
    private final String path;
    private final LongSupplier nanoClock;
    private final List<Watched> waiting = new ArrayList<>();
    private final List<Double> seconds = new ArrayList<>();

    /** A click that has been acknowledged but not yet been seen counted. */
    private record Watched(String candidate, long seqNo, long acknowledged) {}

    /**
     * @param candidates the candidates index
     * @param nanoClock tells the time, as {@link System#nanoTime()}
     */
    public Staleness(ClusterClient client, String candidates, LongSupplier nanoClock) {
        this.client = client;
        this.path = "/" + candidates + "/_mget?_source_includes=" + COUNTED;
        this.nanoClock = nanoClock;
    }

    /** Watches a click that has been acknowledged just now. */
    public synchronized void watch(String candidate, long seqNo) {
        waiting.add(new Watched(candidate, seqNo, nanoClock.getAsLong()));
    }

    /** Looks which clicks have been counted since. */
    public void poll() {
        List<Watched> asked = waiting();
        if (asked.isEmpty()) {
            return;
        }
        Map<String, Long> counted = counted(asked);
        long now = nanoClock.getAsLong();
        synchronized (this) {
            for (Watched click : asked) {
                if (counted.getOrDefault(click.candidate, -1L) >= click.seqNo) {
                    waiting.remove(click);
                    seconds.add((now - click.acknowledged) / 1e9);
                }
            }
        }
    }

    /** How many clicks have not been seen counted. */
    public synchronized int pending() {
        return waiting.size();
    }

    /** The seconds from acknowledged to counted of all clicks that have been counted. */
    public synchronized Quantiles seconds() {
        return Quantiles.of(seconds);
    }

    private synchronized List<Watched> waiting() {
        return List.copyOf(waiting);
    }

    /** Up to which sequence number each candidate's clicks are counted. */
    private Map<String, Long> counted(List<Watched> clicks) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode ids = body.putArray("ids");
        clicks.stream().map(Watched::candidate).distinct().forEach(ids::add);
        Map<String, Long> counted = new HashMap<>();
        for (JsonNode document : client.request("POST", path, body).path("docs")) {
            JsonNode seqNo = document.at("/_source/ralm/clicks_seq_no");
            counted.put(document.path("_id").asText(), seqNo.asLong(-1));
        }
        return counted;
    }
}
