package org.opensearch.ralm.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * The file of a model's user vectors: gzipped, a line {@code {"user":"u1","vector":[…]}} a user, look-alike vectors of
 * the model's dimension. Whoever trains elsewhere can write it with any tool.
 */
public final class UserVectors {

    /** The file's name beside {@code model.json}. */
    public static final String FILE = "users.ndjson.gz";

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private UserVectors() {}

    /** Takes one user after the other. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes a user.
         *
         * @param line the number of its line, from 1
         */
        void accept(long line, String user, ArrayNode vector);
    }

    /** Writes users one after the other. Not safe for use by several threads. */
    public static final class Writer implements AutoCloseable {

        private final BufferedWriter out;

        /** Begins a file in a directory; one that is there is replaced. */
        public Writer(Path directory) throws IOException {
            Files.createDirectories(directory);
            this.out = new BufferedWriter(new OutputStreamWriter(
                    new GZIPOutputStream(Files.newOutputStream(directory.resolve(FILE))), StandardCharsets.UTF_8));
        }

        /** Writes a user. */
        public void write(String user, float[] vector) throws IOException {
            ObjectNode line = JsonNodeFactory.instance.objectNode().put("user", user);
            ArrayNode values = line.putArray("vector");
            for (float value : vector) {
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
     * @throws IOException if the file cannot be read or a line is not as it should be; the message names the line
     */
    public static void read(Path directory, int dimension, Receiver receiver) throws IOException {
        Path file = directory.resolve(FILE);
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            long number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                JsonNode json = JSON.readTree(line);
                JsonNode user = json.path("user");
                if (user.isTextual() == false || json.path("vector").size() != dimension) {
                    throw new IOException(file + ", line " + number + ": expected a [user] and a [vector] of "
                            + dimension + " numbers");
                }
                receiver.accept(number, user.textValue(), (ArrayNode) json.path("vector"));
            }
        }
    }
}
