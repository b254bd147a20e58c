package org.opensearch.ralm.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;

/**
 * The file of a model's user vectors: gzipped, a line {@code {"user":"u1","vector":[…]}} a user, look-alike vectors of
 * the model's dimension. Whoever trains elsewhere can write it with any tool.
 */
public final class UserVectors {

    /** The file's name beside {@code model.json}. */
    public static final String FILE = "users.ndjson.gz";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private UserVectors() {}

    /** Takes one user after the other. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes a user.
         *
         * @param line the number of its line, from 1
         * @param user its name, never empty
         * @param vector its look-alike vector of the model's dimension, finite; the receiver's own
         */
        void accept(long line, String user, float[] vector);
    }

    /** Writes users one after the other. Not safe for use by several threads. */
    public static final class Writer implements AutoCloseable {

        private final BufferedWriter out;

        private Writer(BufferedWriter out) {
            this.out = out;
        }

        /** Begins a file in a directory; one that is there is replaced. */
        public Writer(Path directory) throws IOException {
            this(writer(Files.createDirectories(directory).resolve(FILE)));
        }

        /** Begins a file of any name; one that is there is replaced. */
        public static Writer of(Path file) throws IOException {
            return new Writer(writer(file));
        }

        private static BufferedWriter writer(Path file) throws IOException {
            return new BufferedWriter(
                    new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8));
        }

        /**
         * Writes a user.
         *
         * @throws IllegalArgumentException if the vector is not finite
         */
        public void write(String user, float[] vector) throws IOException {
            ObjectNode line = JsonNodeFactory.instance.objectNode().put("user", user);
            ArrayNode values = line.putArray("vector");
            for (float value : vector) {
                if (Float.isFinite(value) == false) {
                    throw new IllegalArgumentException("the vector of user [" + user + "] holds " + value);
                }
                values.add(value);
            }
            out.write(JSON.writeValueAsString(line));
            out.write('\n');
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }

    /**
     * Reads all users.
     *
     * @param dimension the length each vector must have
     * @throws InvalidArtifactException if the file is missing, cut off or no gzip, or a line is not as it should be; the
     *     message names file and line
     * @throws IOException if the file cannot be read
     */
    public static void read(Path directory, int dimension, Receiver receiver) throws IOException {
        Path file = directory.resolve(FILE);
        long number = 0;
        try (BufferedReader in = open(file)) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                String place = file + ", line " + number + ": ";
                JsonNode json = parse(place, line);
                receiver.accept(number, user(place, json.path("user")), vector(place, json.path("vector"), dimension));
            }
        } catch (NoSuchFileException e) {
            throw missing(directory, e);
        } catch (EOFException e) {
            throw new InvalidArtifactException(file + ": is cut off after line " + number, e);
        } catch (ZipException | CharacterCodingException e) {
            throw new InvalidArtifactException(
                    file + ": is not gzipped UTF-8 after line " + number + ": " + e.getMessage(), e);
        }
    }

    /**
     * The checksum of the whole file, which tells one set of users from another.
     *
     * @throws InvalidArtifactException if the file is missing
     * @throws IOException if it cannot be read
     */
    public static String sha256(Path directory) throws IOException {
        try (InputStream in = Files.newInputStream(directory.resolve(FILE))) {
            return Checksums.sha256Hex(in);
        } catch (NoSuchFileException e) {
            throw missing(directory, e);
        }
    }

    private static InvalidArtifactException missing(Path directory, NoSuchFileException cause) {
        return new InvalidArtifactException(FILE + ": there is no such file in " + directory, cause);
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8.newDecoder()));
    }

    private static JsonNode parse(String place, String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new InvalidArtifactException(place + "is not valid JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String user(String place, JsonNode user) {
        if (user.isTextual() == false || user.textValue().isEmpty()) {
            throw new InvalidArtifactException(place + "expected a [user] that is a string and not empty");
        }
        return user.textValue();
    }

    private static float[] vector(String place, JsonNode vector, int dimension) {
        if (vector.isArray() == false || vector.size() != dimension) {
            throw new InvalidArtifactException(place + "expected a [vector] of " + dimension + " numbers"
                    + (vector.isArray() ? ", but it has " + vector.size() : ""));
        }
        float[] values = new float[dimension];
        for (int i = 0; i < dimension; i++) {
            values[i] = vector.get(i).isNumber() ? vector.get(i).floatValue() : Float.NaN;
            if (Float.isFinite(values[i]) == false) {
                throw new InvalidArtifactException(place + "[vector] holds " + vector.get(i) + " at position " + i
                        + ", expected a finite number within the range of float32");
            }
        }
        return values;
    }
}
