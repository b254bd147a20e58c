package org.opensearch.ralm.trainer.yaml;

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
import java.util.function.DoublePredicate;

/** A node of a YAML file that knows its line and its path, so that every complaint names both. */
public final class YamlNode {
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

    /**
     * Reads a file whose root is a mapping.
     *
     * @param wanted keys that a mapping is expected with, for the complaint where there is none
     * @throws YamlException if it cannot be read or is something else
     */
    public static YamlNode read(Path file, String wanted) {
        try (JsonParser parser = new YAMLFactory().createParser(Files.readString(file))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new YamlException(file + ":1: expected a mapping with " + wanted);
            }
            return new YamlNode(file, "", parser);
        } catch (JsonProcessingException e) {
            throw new YamlException(
                    file + ":" + e.getLocation().getLineNr() + ": not valid YAML: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new YamlException("cannot read [" + file + "]: " + e, e);
        }
    }

    /** A complaint about this node: {@code file:line: [path] message}. */
    public YamlException error(String message) {
        return new YamlException(file + ":" + line + ": " + (path.isEmpty() ? "" : "[" + path + "] ") + message);
    }

    /** Checks that this is a mapping with no other keys than these. */
    public YamlNode keys(String... known) {
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

    /** The node under a key that must be there. */
    public YamlNode required(String key) {
        return optional(key).orElseThrow(() -> error("lacks the key [" + key + "]"));
    }

    /** The node under a key. */
    public Optional<YamlNode> optional(String key) {
        return Optional.ofNullable(members.get(key));
    }

    /** The elements of a list under a key; none if the key is missing. */
    public List<YamlNode> list(String key) {
        return optional(key).map(YamlNode::elements).orElse(List.of());
    }

    /** The elements of a list. */
    public List<YamlNode> elements() {
        if (type != JsonToken.START_ARRAY) {
            throw error("must be a list");
        }
        return elements;
    }

    /** The distinct texts of a list, or the only one of a single value. */
    public List<String> texts() {
        if (type != JsonToken.START_ARRAY) {
            return List.of(text());
        }
        List<String> texts = elements.stream().map(YamlNode::text).toList();
        if (texts.isEmpty() || texts.stream().distinct().count() < texts.size()) {
            throw error("must be a list of distinct texts that is not empty");
        }
        return texts;
    }

    /** A text that is not empty. */
    public String text() {
        if (text == null || text.isEmpty()) {
            throw error("must be a text that is not empty");
        }
        return text;
    }

    /** True or false. */
    public boolean bool() {
        return switch (text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw error("is [" + text + "], expected true or false");
        };
    }

    /** A whole number that is not too small. */
    public int atLeast(int least) {
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

    /** A whole number within bounds. */
    public int within(int least, int most) {
        try {
            int value = Integer.parseInt(text());
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as any other value that does not do.
        }
        throw error("is [" + text + "], expected a whole number from " + least + " to " + most);
    }

    /**
     * A finite number.
     *
     * @param allowed which numbers do
     * @param expected the same in words
     */
    public double number(DoublePredicate allowed, String expected) {
        try {
            double value = Double.parseDouble(text());
            if (Double.isFinite(value) && allowed.test(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Told below, as any other value that does not do.
        }
        throw error("is [" + text + "], expected " + expected);
    }

    /** The constant of an enum, written in lower case. */
    public <E extends Enum<E>> E oneOf(Class<E> choices) {
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
