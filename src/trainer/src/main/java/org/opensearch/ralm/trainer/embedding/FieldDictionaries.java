package org.opensearch.ralm.trainer.embedding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.FieldKind;
import org.opensearch.ralm.trainer.data.Vocabulary;

/**
 * The file of what a model knows of its user fields: gzipped, a line
 * {@code {"name":"genres","kind":"history","values":["Drama",…]}} a field in the order of training, the values in the
 * order of the rows of the field's table; a continuous field has {@code "low"} and {@code "high"} instead.
 */
public final class FieldDictionaries {

    /** The file's name beside {@code representation.safetensors}. */
    public static final String FILE = "fields.ndjson.gz";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private FieldDictionaries() {}

    /** Writes what a model trained on a dataset knows of its fields. */
    public static void write(Dataset dataset, Path directory) throws IOException {
        try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(
                new GZIPOutputStream(Files.newOutputStream(directory.resolve(FILE))), StandardCharsets.UTF_8))) {
            for (var field : dataset.fields()) {
                out.write(JSON.writeValueAsString(json(FieldDictionary.of(field))));
                out.write('\n');
            }
        }
    }

    /**
     * Reads what a model knows of its fields.
     *
     * @throws InvalidArtifactException if the file is missing or malformed; the message names the line
     */
    static List<FieldDictionary> read(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        List<FieldDictionary> fields = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                fields.add(parse(file + ", line " + (fields.size() + 1) + ": ", line));
            }
        } catch (NoSuchFileException e) {
            throw new InvalidArtifactException(
                    FILE + ": there is no such file in " + directory + ", without it users cannot be embedded", e);
        } catch (EOFException | ZipException e) {
            throw new InvalidArtifactException(file + ": is cut off or not gzipped", e);
        }
        return fields;
    }

    private static ObjectNode json(FieldDictionary field) {
        ObjectNode json = JSON.createObjectNode().put("name", field.name());
        json.put("kind", field.kind().name().toLowerCase(Locale.ROOT));
        if (field.range() != null) {
            return json.put("low", field.range().low())
                    .put("high", field.range().high());
        }
        ArrayNode values = json.putArray("values");
        for (int row = 0; row < field.values().size(); row++) {
            values.add(field.values().name(row));
        }
        return json;
    }

    private static FieldDictionary parse(String place, String line) {
        try {
            JsonNode json = JSON.readTree(line);
            String name = json.required("name").textValue();
            FieldKind kind = FieldKind.valueOf(json.required("kind").asText().toUpperCase(Locale.ROOT));
            Vocabulary.Builder values = new Vocabulary.Builder();
            json.path("values").forEach(value -> values.add(value.asText()));
            FieldDictionary.Range range = kind == FieldKind.CONTINUOUS
                    ? new FieldDictionary.Range(
                            json.required("low").floatValue(),
                            json.required("high").floatValue())
                    : null;
            return new FieldDictionary(name, kind, values.build(), range);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw new InvalidArtifactException(
                    place + "is not a field with name, kind and values: " + e.getMessage(), e);
        }
    }
}
