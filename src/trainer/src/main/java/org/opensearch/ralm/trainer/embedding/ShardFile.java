package org.opensearch.ralm.trainer.embedding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The file of a shard, which appears when it is complete; until then its parts lie in a directory beside it, each of
 * which appears when it is complete. A note beside both says what they are made of, so that an interrupted run is gone
 * on from by an equal one only. Not safe for use by several threads, nor by two processes at once.
 */
final class ShardFile {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path file;
    private final Path note;
    private final Path parts;

    ShardFile(Path file) {
        this.file = file.toAbsolutePath();
        this.note = this.file.resolveSibling(file.getFileName() + ".json");
        this.parts = this.file.resolveSibling(file.getFileName() + ".parts");
    }

    /** Writes one part into a file of its own. */
    @FunctionalInterface
    interface PartWriter {
        void write(Path file) throws IOException;
    }

    /**
     * Begins, or goes on with, a file.
     *
     * @param madeOf all that the content depends on
     * @return whether it is complete already
     * @throws IllegalArgumentException if the file is there and was made of something else
     */
    boolean begin(JsonNode madeOf) throws IOException {
        boolean same = madeOf.equals(noted());
        if (Files.exists(file)) {
            if (same == false) {
                throw new IllegalArgumentException(file + " is there already, but not of this model, data and shard: "
                        + "remove it or name another file");
            }
            return true;
        }
        if (same == false) {
            deleteParts();
        }
        Files.createDirectories(parts);
        replace(note, fresh -> Files.write(fresh, JSON.writeValueAsBytes(madeOf)));
        return false;
    }

    /** Writes a part unless it is there. */
    void part(int number, PartWriter writer) throws IOException {
        if (Files.exists(path(number)) == false) {
            replace(path(number), writer);
        }
    }

    /** Joins the parts, which are gzip files, to one: gzip files after each other are one. */
    void finish(int count) throws IOException {
        replace(file, fresh -> {
            try (OutputStream out = Files.newOutputStream(fresh)) {
                for (int number = 0; number < count; number++) {
                    Files.copy(path(number), out);
                }
            }
        });
        deleteParts();
    }

    private Path path(int number) {
        return parts.resolve("part-" + number);
    }

    private JsonNode noted() throws IOException {
        try {
            return Files.exists(note) ? JSON.readTree(Files.readAllBytes(note)) : null;
        } catch (JsonProcessingException e) {
            return null;
        }
    }

    private void deleteParts() throws IOException {
        if (Files.exists(parts)) {
            List<Path> found;
            try (Stream<Path> files = Files.list(parts)) {
                found = files.toList();
            }
            for (Path part : found) {
                Files.delete(part);
            }
            Files.delete(parts);
        }
    }

    private static void replace(Path file, PartWriter writer) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
        writer.write(fresh);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
