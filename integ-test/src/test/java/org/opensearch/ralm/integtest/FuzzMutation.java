package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes requests a little wrong, in ways that know what a request looks like; the same seed makes the same ones. */
final class FuzzMutation {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String[] METHODS = {"GET", "PUT", "POST", "DELETE", "HEAD", "PATCH", "OPTIONS"};
    private static final String[] WORDS = {
        "", " ", ".", "..", "_all", "*", "é漢字\uD83D\uDE00", "%", "a:b", "null", "\u0000"
    };
    private static final String[] VALUES = {
        "null",
        "true",
        "false",
        "0",
        "-1",
        "1",
        "0.5",
        "-0.0",
        "1e400",
        "-1e400",
        "NaN",
        "Infinity",
        "1e-400",
        "2147483647",
        "2147483648",
        "-2147483649",
        "9223372036854775807",
        "9223372036854775808",
        "1e308",
        "\"\"",
        "\" \"",
        "\"NaN\"",
        "\"1\"",
        "\"_all\"",
        "\"*\"",
        "\"é漢字\uD83D\uDE00\"",
        "\"\\u0000\"",
        "\"\\ud800\"",
        "[]",
        "{}",
        "[[]]",
        "[null]",
        "{\"\": null}",
        "[{}]",
        "{\"a\": {\"b\": []}}",
        "[1, \"a\", {}]",
        "\"1d\"",
        "\"-1s\"",
        "\"9999999999d\""
    };
    private static final Set<String> OURS = Set.of("params", "doc", "_source", "candidate", "seed_users");
    private static final int DEEP = 300;
    private static final int LONG = 20_000;

    private final Random random;

    FuzzMutation(long seed) {
        this.random = new Random(seed);
    }

    FuzzRequest of(FuzzRequest valid) {
        String method = random.nextInt(20) == 0 ? METHODS[random.nextInt(METHODS.length)] : valid.method();
        String path = random.nextInt(12) == 0 ? path(valid.path()) : valid.path();
        String body = valid.body() == null ? null : body(valid);
        if (random.nextInt(30) == 0) {
            body = body == null ? "{\"a\": 1}" : null;
        }
        return new FuzzRequest(method.equals("DELETE") && isIndex(path) ? valid.method() : method, path, body);
    }

    /** An index that is gone leaves nothing to ask, and of one that is made again no shard has started yet. */
    private static boolean isIndex(String path) {
        return path.matches("/[^/?]*/?(\\?.*)?");
    }

    /** Another word in one place of the path, or another parameter. */
    private String path(String path) {
        if (random.nextInt(3) == 0) {
            String name = random.nextBoolean() ? "top" : "recluster";
            return path + (path.contains("?") ? "&" : "?") + name + "=" + encoded(word());
        }
        String[] parts = path.split("/");
        parts[parts.length - 1] = encoded(word());
        return String.join("/", parts);
    }

    private static String encoded(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8);
    }

    private String word() {
        return random.nextInt(8) == 0 ? "x".repeat(1 + random.nextInt(700)) : WORDS[random.nextInt(WORDS.length)];
    }

    private String body(FuzzRequest request) {
        String body = request.body();
        List<String> lines = new ArrayList<>(Arrays.asList(body.split("\n(?=\\{)")));
        int line = random.nextInt(lines.size());
        String mutated = lines.get(line);
        for (int i = random.nextInt(3); i >= 0; i--) {
            mutated = random.nextInt(5) == 0 ? text(mutated, request) : structure(mutated, request);
        }
        lines.set(line, mutated);
        return String.join("\n", lines) + (body.endsWith("\n") ? "\n" : "");
    }

    /** Truncated, with a stretch twice, with a member twice, or with other characters; another's only truncated. */
    private String text(String json, FuzzRequest request) {
        if (request.mayBeTruncated() == false) {
            return json;
        }
        if (json.isEmpty()) {
            return "{";
        }
        int at = random.nextInt(json.length());
        int length = random.nextInt(json.length() - at);
        return switch (request.isOurs() ? random.nextInt(5) : 0) {
            case 0 -> json.substring(0, at);
            case 1 -> json.substring(0, at + length) + json.substring(at);
            case 2 ->
                json.startsWith("{") && json.length() > 2
                        ? json.substring(0, json.length() - 1) + ", " + json.substring(1)
                        : json;
            case 3 -> json.substring(0, at) + (char) random.nextInt(256) + json.substring(at + 1);
            default -> json.substring(0, at) + json.substring(at + length);
        };
    }

    /** Another value, another name, a member less or more, in a place that any is as likely as. */
    private String structure(String json, FuzzRequest request) {
        try {
            JsonNode root = JSON.readTree(json);
            List<ContainerNode<?>> containers = new ArrayList<>();
            collect(root, request.isOurs(), containers);
            if (containers.isEmpty()) {
                return text(json, request);
            }
            ContainerNode<?> chosen = containers.get(random.nextInt(containers.size()));
            if (chosen instanceof ObjectNode object) {
                mutate(object);
            } else {
                mutate((ArrayNode) chosen);
            }
            return JSON.writeValueAsString(root);
        } catch (JsonProcessingException e) {
            return text(json, request);
        }
    }

    /** What OpenSearch itself makes of its own members is not asked here. */
    private static void collect(JsonNode node, boolean ours, List<ContainerNode<?>> found) {
        if (ours && node instanceof ContainerNode<?> container && container.isEmpty() == false) {
            found.add(container);
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> collect(member.getValue(), isOurs(ours, member.getKey()), found));
        } else {
            node.forEach(child -> collect(child, ours, found));
        }
    }

    private static boolean isOurs(boolean within, String name) {
        if (name.startsWith("ralm") || OURS.contains(name)) {
            return true;
        }
        return within && name.equals("query") == false;
    }

    private void mutate(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        String name = names.get(random.nextInt(names.size()));
        JsonNode value = object.get(name);
        switch (random.nextInt(8)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(word().isEmpty() ? "more" : word(), value);
            case 2 -> {
                object.remove(name);
                object.set(name + (random.nextBoolean() ? "s" : " "), value);
            }
            case 3 -> object.putArray(name).add(value);
            case 4 -> object.putObject(name).set(names.get(0), value);
            default -> object.putRawValue(name, new RawValue(value()));
        }
    }

    private void mutate(ArrayNode array) {
        int at = random.nextInt(array.size());
        switch (random.nextInt(6)) {
            case 0 -> array.remove(at);
            case 1 -> array.add(array.get(at));
            case 2 -> {
                JsonNode first = array.get(at);
                for (int i = random.nextInt(2_000); i > 0; i--) {
                    array.add(first);
                }
            }
            default -> array.setRawValue(at, new RawValue(value()));
        }
    }

    private String value() {
        return switch (random.nextInt(24)) {
            case 0 -> "\"" + "x".repeat(random.nextInt(LONG)) + "\"";
            case 1 -> "[".repeat(DEEP) + "]".repeat(DEEP);
            case 2 -> "{\"a\":".repeat(DEEP) + "1" + "}".repeat(DEEP);
            case 3 -> random.doubles(8).mapToObj(String::valueOf).collect(Collectors.joining(",", "[", "]"));
            case 4 -> "1" + "0".repeat(random.nextInt(400));
            default -> VALUES[random.nextInt(VALUES.length)];
        };
    }
}
