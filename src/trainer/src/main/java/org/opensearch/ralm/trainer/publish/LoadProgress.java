package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A note beside the vectors of how many lines an index has acknowledged, so that a load can go on where it stopped. A
 * note that cannot be understood, or is of another load, counts for nothing: loading again changes nothing.
 */
final class LoadProgress {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String LOAD = "load";
    private static final String LINES = "acknowledged_lines";

    private final Path file;
    private final JsonNode load;
    private long lines;

    private LoadProgress(Path file, JsonNode load, long lines) {
        this.file = file;
        this.load = load;
        this.lines = lines;
    }

    /**
     * Reads the note of a load, if there is one.
     *
     * @param file the note
     * @param load all that tells one load from another: what is loaded, where to
     */
    static LoadProgress of(Path file, JsonNode load) throws IOException {
        return new LoadProgress(file, load, Files.exists(file) ? noted(file, load) : 0);
    }

    private static long noted(Path file, JsonNode load) throws IOException {
        try {
            JsonNode note = JSON.readTree(Files.readAllBytes(file));
            return note.path(LOAD).equals(load) ? note.path(LINES).asLong() : 0;
        } catch (JsonProcessingException e) {
            return 0;
        }
    }

    /** All lines up to this one have been acknowledged. */
    long lines() {
        return lines;
    }

    /** Notes that all lines up to one have been acknowledged. */
    void note(long acknowledged) {
        lines = acknowledged;
        ObjectNode note = JSON.createObjectNode().put(LINES, lines);
        note.set(LOAD, load);
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(fresh, JSON.writeValueAsBytes(note));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note the progress in " + file + ": " + e.getMessage(), e);
        }
    }
}
