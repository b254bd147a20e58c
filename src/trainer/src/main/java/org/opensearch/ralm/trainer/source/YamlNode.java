package org.opensearch.ralm.trainer.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A node of a YAML file that knows its line and its path, so that every complaint names both. */
final class YamlNode {
    private final Path file;
    private final int line;
    private final String path;
    private final String text;
    private final Map<String, YamlNode> members = new LinkedHashMap<>();
    private final List<YamlNode> elements = new ArrayList<>();
    private final JsonToken type;

    private YamlNode(Path file, String path, JsonParser parser) throws IOException {
        this.file = file;
        this.line = parser.currentTokenLocation().getLineNr();
        this.path = path;
        this.type = parser.currentToken();
        this.text = type.isScalarValue() && type != JsonToken.VALUE_NULL ? parser.getText() : null;
        if (type == JsonToken.START_OBJECT) {
            readMembers(parser);
        } else if (type == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                elements.add(new YamlNode(file, path + "[" + elements.size() + "]", parser));
            }
        }
    }

    private void readMembers(JsonParser parser) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            parser.nextToken();
            YamlNode member = new YamlNode(file, path.isEmpty() ? key : path + "." + key, parser);
            if (members.put(key, member) != null) {
                throw member.error("is given twice");
            }
        }
    }

    /** Reads a file whose root is a mapping. */
    static YamlNode read(Path file) {
        try (JsonParser parser = new YAMLFactory().createParser(Files.readString(file))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new DatasetException(file + ":1: expected a mapping with the key [events]");
            }
            return new YamlNode(file, "", parser);
        } catch (JsonProcessingException e) {
            throw new DatasetException(
                    file + ":" + e.getLocation().getLineNr() + ": not valid YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new DatasetException("cannot read [" + file + "]: " + e, e);
        }
    }

    /** A complaint about this node: {@code file:line: [path] message}. */
    DatasetException error(String message) {
        return new DatasetException(file + ":" + line + ": " + (path.isEmpty() ? "" : "[" + path + "] ") + message);
    }

    /** Checks that this is a mapping with no other keys than these. */
    YamlNode keys(String... known) {
        if (type != JsonToken.START_OBJECT) {
            throw error("must be a mapping with the keys " + Arrays.toString(known));
        }
        members.forEach((key, member) -> {
            if (!Arrays.asList(known).contains(key)) {
                throw member.error("is unknown, expected one of " + Arrays.toString(known));
            }
        });
        return this;
    }

    YamlNode required(String key) {
        return optional(key).orElseThrow(() -> error("lacks the key [" + key + "]"));
    }

    Optional<YamlNode> optional(String key) {
        return Optional.ofNullable(members.get(key));
    }

    /** The elements of a list under a key; none if the key is missing. */
    List<YamlNode> list(String key) {
        return optional(key).map(YamlNode::elements).orElse(List.of());
    }

    List<YamlNode> elements() {
        if (type != JsonToken.START_ARRAY) {
            throw error("must be a list");
        }
        return elements;
    }

    /** The distinct texts of a list, or the only one of a single value. */
    List<String> texts() {
        if (type != JsonToken.START_ARRAY) {
            return List.of(text());
        }
        List<String> texts = elements.stream().map(YamlNode::text).toList();
        if (texts.isEmpty() || texts.stream().distinct().count() < texts.size()) {
            throw error("must be a list of distinct texts that is not empty");
        }
        return texts;
    }

    String text() {
        if (text == null || text.isEmpty()) {
            throw error("must be a text that is not empty");
        }
        return text;
    }

    boolean bool() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw error("is [" + text + "], expected true or false");
        };
    }

    int atLeast(int least) {
        try {
            int value = Integer.parseInt(text());
            if (value >= least) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as any other value that does not do.
        }
        throw error("is [" + text + "], expected a whole number of " + least + " or more");
    }

    /** The constant of an enum, written in lower case. */
    <E extends Enum<E>> E oneOf(Class<E> choices) {
        List<String> names = Arrays.stream(choices.getEnumConstants())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toList();
        int index = names.indexOf(text());
        if (index < 0) {
            throw error("is [" + text + "], expected one of " + names);
        }
        return choices.getEnumConstants()[index];
    }
}
