package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;

/** Sends requests to one node and reads its answers; an answer of any status is no failure. Thread-safe. */
final class Rest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final HttpClient http;
    private final URI url;
    private final String authorization;

    Rest(URI url) {
        this(client().build(), url, null);
    }

    private Rest(HttpClient http, URI url, String authorization) {
        this.http = http;
        this.url = url;
        this.authorization = authorization;
    }

    /** A client of a node that speaks TLS; it is nobody until {@link #as}. */
    static Rest secured(URI url, SSLContext trust) {
        return new Rest(client().sslContext(trust).build(), url, null);
    }

    private static HttpClient.Builder client() {
        return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT);
    }

    /** The same for a user. */
    Rest as(String user, String password) {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new Rest(http, url, "Basic " + Base64.getEncoder().encodeToString(credentials));
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

    /** Where the node is. */
    URI url() {
        return url;
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
        HttpRequest.Builder request = HttpRequest.newBuilder(url.resolve(path))
                .method(method, publisher)
                .header("Content-Type", path.contains("_bulk") ? "application/x-ndjson" : "application/json")
                .timeout(TIMEOUT);
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException failure) {
            throw new AssertionError(method + " " + path + " got no answer", failure);
        } catch (InterruptedException interruption) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", interruption);
        }
    }
}
