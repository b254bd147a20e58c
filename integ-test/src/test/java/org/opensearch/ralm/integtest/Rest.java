package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Sends requests to one node and reads its answers; an answer of any status is no failure. Thread-safe. */
final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI url;

    Rest(URI url) {
        this.url = url;
    }

    /** An answer: its status and, when it is JSON, its body read as such. */
    record Answer(int status, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException failure) {
                throw new AssertionError("expected JSON, got " + this, failure);
            }
        }

        /** This answer, after checking that the request was carried out. */
        Answer ok() {
            if (status != 200 && status != 201) {
                throw new AssertionError("expected 200 or 201, got " + this);
            }
            return this;
        }
    }

    Answer get(String path) {
        return send("GET", path, null);
    }

    Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    Answer post(String path, String body) {
        return send("POST", path, body);
    }

    Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** The names of the plugins that the node has installed, sorted. */
    List<String> plugins() {
        List<String> names = new ArrayList<>();
        for (JsonNode plugin : get("/_cat/plugins?format=json").ok().json()) {
            names.add(plugin.get("component").asText());
        }
        return names.stream().sorted().toList();
    }

    Answer send(String method, String path, String body) {
        HttpRequest.BodyPublisher publisher =
                body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body);
        HttpRequest request = HttpRequest.newBuilder(url.resolve(path))
                .method(method, publisher)
                .header("Content-Type", path.contains("_bulk") ? "application/x-ndjson" : "application/json")
                .timeout(TIMEOUT)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException failure) {
            throw new AssertionError(method + " " + path + " got no answer", failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interruption);
        }
    }
}
