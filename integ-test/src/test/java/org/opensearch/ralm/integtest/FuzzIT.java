package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.opensearch.ralm.trainer.bench.Machine;
import org.opensearch.ralm.trainer.server.LocalCluster;
import org.opensearch.ralm.trainer.server.ServerLayout;

/**
 * Whatever is sent, the server answers within bounds, never with a fault of its own, and holds no memory afterwards.
 *
 * <p>{@code -Dralm.fuzz.requests=100000 -Dralm.fuzz.minutes=60} sends more than the build does, {@code -Dralm.fuzz.seed=1} says from which seed
 * on, and {@code -Dralm.fuzz.json=FILE} writes down what came of it.
 */
class FuzzIT {
    private static final long REQUESTS = Long.getLong("ralm.fuzz.requests", 1_500);
    private static final long MINUTES = Long.getLong("ralm.fuzz.minutes", 10);
    private static final long SEED = Long.getLong("ralm.fuzz.seed", 1);

    @Test
    void mutatedRequestsAreAnswered() throws IOException {
        try (LocalCluster cluster = LocalCluster.start(ServerLayout.find(), Installation.cluster("fuzz"))) {
            Rest rest = new Rest(cluster.url());
            TestFeed feed = TestFeed.create(rest, "fuzz");
            FuzzRequests requests = new FuzzRequests(feed);
            rest.put("/fuzz-plain", "{}").ok();
            requests.all().forEach(valid -> {
                Rest.Answer answer = rest.send(valid.method(), valid.path(), valid.body());
                assertTrue(answer.status() < 500, valid + " " + answer);
            });
            FuzzRun run = new FuzzRun(cluster.url(), requests);
            Instant begin = Instant.now();
            run.send(SEED, REQUESTS, Duration.ofMinutes(MINUTES));
            JsonNode stats = stats(rest);
            write(run, begin, stats);
            assertEquals(List.of(), run.faults());
            assertEquals(held(stats), stats.get("memory_bytes").asLong(), stats.toString());
        }
    }

    private static JsonNode stats(Rest rest) {
        return rest.get("/_plugins/_ralm/stats")
                .ok()
                .json()
                .get("nodes")
                .iterator()
                .next();
    }

    private static long held(JsonNode stats) {
        long held = 0;
        for (String holder : List.of("model_cache", "feed_cache", "user_cache", "refresh_memory")) {
            held += stats.get(holder + "_bytes").asLong();
        }
        return held;
    }

    private static void write(FuzzRun run, Instant begin, JsonNode stats) throws IOException {
        String file = System.getProperty("ralm.fuzz.json");
        if (file == null || file.isEmpty()) {
            return;
        }
        ObjectMapper json = new ObjectMapper();
        ObjectNode result = json.createObjectNode();
        result.put("fuzz", "requests").put("date", begin.toString());
        result.put("first_seed", SEED).put("requests_asked_for", REQUESTS);
        result.put(
                "requests",
                run.statuses().values().stream().mapToLong(Long::longValue).sum());
        result.put("seconds", Instant.now().getEpochSecond() - begin.getEpochSecond());
        result.set("statuses", json.valueToTree(run.statuses()));
        result.put("slowest_ms", run.slowestMillis())
                .put("server_faults", run.faults().size());
        result.set("faults", json.valueToTree(run.faults()));
        result.set("memory_bytes", stats.get("memory_bytes"));
        result.put("memory_bytes_of_caches", held(stats));
        Machine.here().describe(result.putObject("machine"));
        json.writerWithDefaultPrettyPrinter().writeValue(Path.of(file).toFile(), result);
    }
}
