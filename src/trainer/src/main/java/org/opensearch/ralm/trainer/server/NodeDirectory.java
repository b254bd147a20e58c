package org.opensearch.ralm.trainer.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where one node keeps its files. */
record NodeDirectory(Path root) {
    Path config() {
        return root.resolve("config");
    }

    Path data() {
        return root.resolve("data");
    }

    Path logs() {
        return root.resolve("logs");
    }

    Path temporary() {
        return root.resolve("tmp");
    }

    /** The server's log, limited in size. */
    Path log() {
        return logs().resolve("server.log");
    }

    /** What the process prints: the JVM's own complaints and why a start failed. */
    Path console() {
        return logs().resolve("console.log");
    }

    /** Says which process the node is. */
    Path pidFile() {
        return root.resolve("pid");
    }

    void create() throws IOException {
        for (Path directory : List.of(config(), data(), logs(), temporary())) {
            Files.createDirectories(directory);
        }
    }

    /** The ends of both logs, for a message about a node that died. */
    String logTail() throws IOException {
        return tail(log()) + tail(console());
    }

    private static String tail(Path file) throws IOException {
        if (!Files.exists(file)) {
            return "";
        }
        List<String> lines = Files.readAllLines(file);
        List<String> last = lines.subList(Math.max(0, lines.size() - 20), lines.size());
        return "--- end of " + file + System.lineSeparator() + String.join(System.lineSeparator(), last)
                + System.lineSeparator();
    }
}
