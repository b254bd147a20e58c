package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/** Sends mutated requests to a server, several at a time, and notes what must not happen. */
final class FuzzRun {

    /** An answer must come within this time, whatever was asked. */
    private static final Duration BOUND = Duration.ofSeconds(30);

    private static final int RESTORE_EVERY = 250;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI url;
    private final FuzzRequests requests;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<Integer, Long> statuses = new TreeMap<>();
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicLong slowest = new AtomicLong();

    FuzzRun(URI url, FuzzRequests requests) {
        this.url = url;
        this.requests = requests;
    }

    /** Sends the mutations of some seeds, as many of them as there is time for. */
    void send(long firstSeed, long count, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        LongStream.range(firstSeed, firstSeed + count).parallel().forEach(seed -> {
            if (System.nanoTime() < end) {
                send(seed);
            }
        });
    }

    /** How many answers there were of each status. */
    Map<Integer, Long> statuses() {
        return statuses;
    }

    /** What must not have happened, with the seed that makes it happen again. */
    List<String> faults() {
        return List.copyOf(faults);
    }

    /** The longest time an answer took, in milliseconds. */
    long slowestMillis() {
        return slowest.get() / 1_000_000;
    }

    private void send(long seed) {
        if (seed % RESTORE_EVERY == 0) {
            requests.restoring().forEach(request -> exchange(seed, request));
        }
        List<FuzzRequest> valid = requests.all();
        FuzzRequest chosen = valid.get(new Random(seed).nextInt(valid.size()));
        FuzzRequest mutated = new FuzzMutation(seed).of(chosen);
        HttpResponse<String> answer = exchange(seed, mutated);
        if (answer != null) {
            judge(seed, mutated, answer);
        }
    }

    private HttpResponse<String> exchange(long seed, FuzzRequest request) {
        long begin = System.nanoTime();
        try {
            return http.send(
                    HttpRequest.newBuilder(url.resolve(request.path()))
                            .method(
                                    request.method(),
                                    request.body() == null
                                            ? BodyPublishers.noBody()
                                            : BodyPublishers.ofString(request.body()))
                            .header("Content-Type", request.isBulk() ? "application/x-ndjson" : "application/json")
                            .timeout(BOUND)
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            faults.add("seed " + seed + ": no answer to " + shown(request) + ": " + e);
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        } finally {
            slowest.accumulateAndGet(System.nanoTime() - begin, Math::max);
        }
    }

    private void judge(long seed, FuzzRequest request, HttpResponse<String> answer) {
        synchronized (statuses) {
            statuses.merge(answer.statusCode(), 1L, Long::sum);
        }
        if (answer.statusCode() >= 500 || holdsServerFault(request, answer.body())) {
            String text = answer.body();
            faults.add("seed " + seed + ": " + answer.statusCode() + " for " + shown(request) + ": "
                    + text.substring(0, Math.min(1_500, text.length())));
        }
    }

    /** Answers of several parts have a status each. */
    private static boolean holdsServerFault(FuzzRequest request, String body) {
        if (request.isBulk() == false || body.isEmpty()) {
            return false;
        }
        try {
            return JSON.readTree(body).findValues("status").stream().anyMatch(FuzzRun::isServerFault);
        } catch (JsonProcessingException e) {
            return true;
        }
    }

    private static boolean isServerFault(JsonNode status) {
        return status.isInt() && status.asInt() >= 500;
    }

    private static String shown(FuzzRequest request) {
        String body = String.valueOf(request.body());
        return request.method() + " " + request.path() + " " + body.substring(0, Math.min(1_500, body.length()));
    }
}
