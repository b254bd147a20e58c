package org.opensearch.ralm.trainer.bench.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks one node once and tries nothing again: what comes of it is to be counted. Thread-safe. */
final class OneNode {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    /**
     * An answer of any status.
     *
     * @param json missing if the body is none
     */
    record Answer(int status, JsonNode json) {}

    /**
     * Posts to a node.
     *
     * @throws IOException if there is no whole answer
     */
    Answer post(URI node, String path, byte[] body) throws IOException {
        String type = path.contains("_msearch") || path.contains("_bulk") ? "application/x-ndjson" : "application/json";
        HttpRequest request = HttpRequest.newBuilder(node.resolve(path))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .header("Content-Type", type)
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(response.statusCode(), JSON.readTree(response.body()));
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + node, interruption);
        }
    }
}
