package org.opensearch.ralm.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Reads the members of one JSON object; every refusal names the member, its value and what was expected. */
final class JsonMembers {

    private final String path;
    private final JsonNode object;
    private final Set<String> read = new HashSet<>();

    private JsonMembers(String path, JsonNode object) {
        this.path = path;
        this.object = object;
    }

    static JsonMembers of(String path, JsonNode json) {
        if (json == null || json.isObject() == false) {
            throw new InvalidArtifactException(path + ": must be a JSON object");
        }
        return new JsonMembers(path, json);
    }

    JsonMembers object(String name) {
        return of(path + ": [" + name + "]", member(name));
    }

    /** An object that may be missing or null. */
    Optional<JsonMembers> optionalObject(String name) {
        JsonNode value = optional(name);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(object(name));
    }

    /** An array of 1 or more distinct strings, none of them empty. */
    List<String> texts(String name, int most) {
        JsonNode values = member(name);
        Set<String> texts = new LinkedHashSet<>();
        values.forEach(value -> texts.add(value.isTextual() ? value.textValue() : ""));
        boolean valid = values.isArray() && texts.contains("") == false && texts.size() == values.size();
        if (valid == false || texts.isEmpty() || texts.size() > most) {
            throw fault(name, values, "an array of 1 to " + most + " distinct strings");
        }
        return List.copyOf(texts);
    }

    String text(String name) {
        JsonNode value = member(name);
        if (value.isTextual() == false) {
            throw fault(name, value, "a string");
        }
        return value.textValue();
    }

    String text(String name, Predicate<String> valid, String expected) {
        String value = text(name);
        if (valid.test(value) == false) {
            throw fault(name, object.get(name), expected);
        }
        return value;
    }

    String sha256(String name) {
        String value = text(name);
        if (value.matches("[0-9a-fA-F]{64}") == false) {
            throw fault(name, object.get(name), "64 hexadecimal digits");
        }
        return value.toLowerCase(Locale.ROOT);
    }

    int integer(String name, int least, int most) {
        JsonNode value = member(name);
        if (value.isIntegralNumber() == false
                || value.canConvertToInt() == false
                || value.intValue() < least
                || value.intValue() > most) {
            throw fault(name, value, "an integer from " + least + " to " + most);
        }
        return value.intValue();
    }

    double number(String name, double least, double most) {
        JsonNode value = member(name);
        double number = value.doubleValue();
        if (value.isNumber() == false || (number >= least && number <= most) == false) {
            throw fault(name, value, "a number from " + least + " to " + most);
        }
        return number;
    }

    boolean bool(String name) {
        JsonNode value = member(name);
        if (value.isBoolean() == false) {
            throw fault(name, value, "true or false");
        }
        return value.booleanValue();
    }

    <E extends Enum<E>> E choice(String name, Class<E> type) {
        String value = text(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(value)) {
                return constant;
            }
        }
        String names = Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT);
        throw fault(name, object.get(name), "one of " + names);
    }

    JsonNode optional(String name) {
        read.add(name);
        return object.get(name);
    }

    /** To be called when all known members have been read. */
    void refuseOthers() {
        object.fieldNames().forEachRemaining(name -> {
            if (read.contains(name) == false) {
                throw new InvalidArtifactException(path + ": [" + name + "] is not a known member");
            }
        });
    }

    private JsonNode member(String name) {
        read.add(name);
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            throw new InvalidArtifactException(path + ": [" + name + "] is missing");
        }
        return value;
    }

    private InvalidArtifactException fault(String name, JsonNode value, String expected) {
        String shown = value.toString();
        String shortened = shown.length() > 80 ? shown.substring(0, 80) + "…" : shown;
        return new InvalidArtifactException(path + ": [" + name + "] must be " + expected + ", but is " + shortened);
    }
}
