package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** As much of a cluster as publishing needs, over real HTTP; answers can be replaced to make it fail or do more. */
public final class FakeCluster implements AutoCloseable {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    /** What was asked. */
    public record Asked(String method, String path, String body, Optional<String> authorization, String contentType) {
        boolean isBulk() {
            return path.endsWith("/_bulk");
        }
    }

    /** What is answered. */
    public record Answer(int status, String body) {
        public static Answer error(int status, String reason) {
            return new Answer(status, "{\"error\":{\"reason\":\"" + reason + "\"},\"status\":" + status + "}");
        }
    }

    /** An index: each document with all versions that were acknowledged, the newest last. */
    record Index(JsonNode definition, String uuid, Map<String, List<JsonNode>> documents) {}

    private final HttpServer server;
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final Map<String, Index> indices = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> models = new ConcurrentHashMap<>();
    private final List<String> plugins = new CopyOnWriteArrayList<>();
    private volatile Function<Asked, Answer> replaced = request -> null;
    private volatile Function<String, Answer> refusedItem = id -> null;

    public FakeCluster() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** A client that does not really wait. */
    public ClusterClient client() {
        return ClusterClient.connect(new BackOff(4, 1, 1, millis -> {}), Optional.empty(), url());
    }

    FakeCluster withPlugin(String name) {
        plugins.add(name);
        return this;
    }

    /** Answers requests by a function from now on; where it returns null, as a cluster would. */
    public void answer(Function<Asked, Answer> answers) {
        replaced = answers;
    }

    /** Refuses the documents for whose ids a function returns an answer from now on. */
    void refuseItems(Function<String, Answer> answers) {
        refusedItem = answers;
    }

    public List<Asked> asked() {
        return asked;
    }

    List<Asked> bulks() {
        return asked.stream().filter(Asked::isBulk).toList();
    }

    Index index(String name) {
        return indices.get(name);
    }

    JsonNode model(String id) {
        return models.get(id);
    }

    void delete(String index) {
        indices.remove(index);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Asked request = new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                    exchange.getRequestHeaders().getFirst("Content-Type"));
            asked.add(request);
            Answer replacement = replaced.apply(request);
            Answer answer = replacement == null ? standard(request) : replacement;
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json; charset=UTF-8");
            boolean silent = body.length == 0 || request.method().equals("HEAD");
            exchange.sendResponseHeaders(answer.status(), silent ? -1 : body.length);
            if (silent == false) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    private Answer standard(Asked request) {
        String[] path = request.path().substring(1).split("[/?]");
        try {
            return switch (request.method() + " " + (path.length > 1 ? path[path.length - 1] : "")) {
                case "HEAD " -> new Answer(indices.containsKey(path[0]) ? 200 : 404, "");
                case "PUT " -> create(path[0], JSON.readTree(request.body()));
                case "GET " -> new Answer(200, describe(path[0]).toString());
                case "GET format=json" -> new Answer(200, installed().toString());
                case "POST _bulk" ->
                    new Answer(200, bulk(indices.get(path[0]), request.body()).toString());
                case "POST _refresh" -> new Answer(200, "{}");
                default -> upload(path, request);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Answer upload(String[] path, Asked request) throws IOException {
        if (request.path().startsWith("/_plugins/_ralm/models/") == false) {
            return Answer.error(400, "no handler for " + request.method() + " " + request.path());
        }
        models.put(path[path.length - 1], JSON.readTree(request.body()));
        return new Answer(200, "{}");
    }

    private Answer create(String name, JsonNode definition) {
        Index index = new Index(definition, "uuid-" + UUID.randomUUID(), new ConcurrentHashMap<>());
        return indices.putIfAbsent(name, index) == null
                ? new Answer(200, "{}")
                : Answer.error(400, "index [" + name + "] already exists");
    }

    private ObjectNode describe(String name) {
        ObjectNode described = JSON.createObjectNode();
        ObjectNode index = described.putObject(name);
        index.set("mappings", indices.get(name).definition().get("mappings"));
        index.putObject("settings")
                .putObject("index")
                .put("uuid", indices.get(name).uuid());
        return described;
    }

    private ArrayNode installed() {
        ArrayNode list = JSON.createArrayNode();
        plugins.forEach(plugin -> list.addObject().put("name", "node").put("component", plugin));
        return list;
    }

    private ObjectNode bulk(Index index, String body) throws IOException {
        ObjectNode answer = JSON.createObjectNode();
        ArrayNode items = answer.putArray("items");
        boolean errors = false;
        String[] lines = body.split("\n");
        for (int line = 0; line < lines.length; line += 2) {
            String id = JSON.readTree(lines[line]).at("/index/_id").asText();
            JsonNode source = JSON.readTree(lines[line + 1]);
            Answer refused = refusedItem.apply(id);
            ObjectNode item = items.addObject().putObject("index").put("_id", id);
            item.put("status", refused == null ? 201 : refused.status());
            if (refused == null) {
                index.documents()
                        .computeIfAbsent(id, fresh -> new ArrayList<>())
                        .add(source);
            } else {
                item.set("error", JSON.readTree(refused.body()).get("error"));
                errors = true;
            }
        }
        return answer.put("errors", errors);
    }
}
