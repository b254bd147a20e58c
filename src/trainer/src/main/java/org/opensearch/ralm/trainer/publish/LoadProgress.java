package org.opensearch.ralm.trainer.publish;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** A note beside the vectors of how many lines a cluster has acknowledged, so that a load can go on where it stopped. */
final class LoadProgress {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String DONE = "acknowledged_lines";

    private final Path file;
    private final ObjectNode target;
    private long done;

    private LoadProgress(Path file, ObjectNode target, long done) {
        this.file = file;
        this.target = target;
        this.done = done;
    }

    /** The note of a load of these vectors into this index of this cluster; of none if it is another's. */
    static LoadProgress of(Path directory, String cluster, String index, String weightsSha256) throws IOException {
        Path file = directory.resolve("publish-" + index + ".json");
        ObjectNode target = JSON.createObjectNode()
                .put("cluster", cluster)
                .put("index", index)
                .put("model", weightsSha256);
        long done = 0;
        if (Files.exists(file)) {
            JsonNode noted = JSON.readTree(Files.readAllBytes(file));
            done = noted.path("target").equals(target) ? noted.path(DONE).asLong() : 0;
        }
        return new LoadProgress(file, target, done);
    }

    long done() {
        return done;
    }

    void note(long lines) {
        done = Math.max(done, lines);
        ObjectNode note = JSON.createObjectNode().put(DONE, done);
        note.set("target", target);
        try {
            Path fresh = file.resolveSibling(file.getFileName() + ".tmp");
            Files.write(fresh, JSON.writeValueAsBytes(note));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot note the progress in " + file, e);
        }
    }
}
