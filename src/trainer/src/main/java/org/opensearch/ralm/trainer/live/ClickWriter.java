package org.opensearch.ralm.trainer.live;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.opensearch.ralm.trainer.publish.BackOff;
import org.opensearch.ralm.trainer.publish.ClusterClient;
import org.opensearch.ralm.trainer.publish.ClusterException;
import org.opensearch.ralm.trainer.publish.ErrorReason;

/**
 * Sends clicks by {@code _bulk} until each has been acknowledged. What was rejected for load or a full disk, failed with
 * a node or got no answer is sent again with back-off, and only that: a click sent twice is one click. Thread-safe.
 */
public final class ClickWriter {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final String ANSWER = "?filter_path=items.*.status,items.*._seq_no,items.*.error";

    private final ClusterClient client;
    private final String path;
    private final BackOff backOff;
    private final AtomicLong rejected = new AtomicLong();

    /**
     * @param index the clicks index, whose default pipeline completes the clicks
     * @param backOff how long and how often to wait
     */
    public ClickWriter(ClusterClient client, String index, BackOff backOff) {
        this.client = client;
        this.path = "/" + index + "/_bulk" + ANSWER;
        this.backOff = backOff;
    }

    /**
     * Sends clicks in one request, and again what of them was not taken.
     *
     * @return an acknowledgement for each click
     * @throws ClusterException if a click is refused for what it is, or there is no attempt left
     */
    public List<Acknowledgement> write(List<Click> clicks) {
        Acknowledgement[] acknowledged = new Acknowledgement[clicks.size()];
        int[] left = IntStream.range(0, clicks.size()).toArray();
        for (int attempt = 1; left.length > 0; attempt++) {
            ClusterException failure = send(clicks, left, acknowledged);
            if (failure != null) {
                backOff.waitAfter(attempt, failure);
            }
            left = Arrays.stream(left)
                    .filter(place -> acknowledged[place] == null)
                    .toArray();
        }
        return List.of(acknowledged);
    }

    /** How many times a click was turned away with 429, be it alone or with its whole request. */
    public long rejected() {
        return rejected.get();
    }

    /** Sends the clicks at some places; returns why some have to be sent again, or null if none. */
    private ClusterException send(List<Click> clicks, int[] places, Acknowledgement[] acknowledged) {
        JsonNode items;
        try {
            items = client.sendLinesOnce(path, lines(clicks, places)).path("items");
        } catch (ClusterException e) {
            requirePassing(e);
            rejected.addAndGet(e.status() == TOO_MANY_REQUESTS ? places.length : 0);
            return e;
        }
        if (items.size() != places.length) {
            throw new ClusterException(
                    "POST " + path + " was sent " + places.length + " clicks, but answered for " + items.size(),
                    200,
                    null);
        }
        List<ClusterException> failures = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            JsonNode item = items.get(i).elements().next();
            int status = item.path("status").asInt();
            if (status == 200 || status == 201) {
                acknowledged[places[i]] =
                        new Acknowledgement(item.path("_seq_no").asLong(), status == 201);
            } else {
                failures.add(failure(clicks.get(places[i]), status, item));
            }
        }
        failures.forEach(this::countOrThrow);
        return failures.isEmpty() ? null : failures.getFirst();
    }

    private void countOrThrow(ClusterException failure) {
        requirePassing(failure);
        if (failure.status() == TOO_MANY_REQUESTS) {
            rejected.incrementAndGet();
        }
    }

    /** A node that is killed answers with all kinds of 5xx; since clicks can be sent twice, all of them may pass. */
    private static void requirePassing(ClusterException failure) {
        if (failure.status() != 0 && failure.status() != TOO_MANY_REQUESTS && failure.status() < 500) {
            throw failure;
        }
    }

    private static ClusterException failure(Click click, int status, JsonNode item) {
        return new ClusterException(
                click + " was refused with " + status + ": " + ErrorReason.of(item.path("error")), status, null);
    }

    private static String lines(List<Click> clicks, int[] places) {
        StringBuilder lines = new StringBuilder();
        for (int place : places) {
            lines.append("{\"index\":{}}\n").append(clicks.get(place).toJson()).append('\n');
        }
        return lines.toString();
    }
}
