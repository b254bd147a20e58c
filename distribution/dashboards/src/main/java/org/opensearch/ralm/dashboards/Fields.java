package org.opensearch.ralm.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fields of an index, as its mapping has them: the only way for a field's name into a panel, so that a panel cannot
 * ask for one that is not there.
 */
final class Fields {

    private static final Pattern PLACEHOLDER = Pattern.compile("<([^<>\\s]+)>");

    private final String mapping;
    private final Set<String> names;
    private final String prefix;

    private Fields(String mapping, Set<String> names, String prefix) {
        this.mapping = mapping;
        this.names = names;
        this.prefix = prefix;
    }

    /** Those of an index that the plugin makes; {@code path} is that of the mapping below the plugin's package. */
    static Fields ofPlugin(String path) {
        return parse(path, resource("/org/opensearch/ralm/plugin/" + path), "");
    }

    /** Those beside the seed block of a candidate, named without the object that they lie in, such as {@code ralm}. */
    static Fields ofCandidates(String object) {
        String path = "setup/candidates.json";
        String template = resource("/org/opensearch/ralm/plugin/" + path);
        return parse(path, template.replace("${object}", object).replace("${dimension}", "1"), object + ".");
    }

    /** Those of the impressions that a feed's backend writes. */
    static Fields ofImpressions() {
        String template = "ralm-impressions.json";
        return parse(template, resource("/" + template), "");
    }

    private static Fields parse(String mapping, String text, String prefix) {
        Set<String> names = new TreeSet<>();
        JsonNode root = Json.read(text);
        JsonNode ofTemplate = root.at("/template/mappings");
        collect("", ofTemplate.isMissingNode() ? root : ofTemplate, names);
        return new Fields(mapping, names, prefix);
    }

    private static void collect(String prefix, JsonNode object, Set<String> names) {
        object.path("properties").properties().forEach(property -> {
            String name = prefix + property.getKey();
            if (property.getValue().has("properties")) {
                collect(name + ".", property.getValue(), names);
            } else {
                names.add(name);
            }
        });
    }

    /**
     * Replaces each {@code <field>} in a text by its name.
     *
     * @throws IllegalArgumentException if the mapping has no such field
     */
    String fill(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(this::name);
    }

    private String name(MatchResult placeholder) {
        return Matcher.quoteReplacement(named(placeholder.group(1)));
    }

    /**
     * The whole name of a field.
     *
     * @throws IllegalArgumentException if the mapping has no such field
     */
    String named(String name) {
        String whole = prefix + name;
        if (!names.contains(whole)) {
            throw new IllegalArgumentException("no field [" + whole + "] in " + mapping + ", which has " + names);
        }
        return whole;
    }

    private static String resource(String name) {
        try (InputStream stream = Fields.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException("there is no resource " + name);
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
