package org.opensearch.ralm.trainer.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * Remembers a process across runs of the command line: its id and, as ids are used again, when it started. A process
 * that only took over the id is never taken for it.
 */
record PidFile(Path path) {
    void write(ProcessHandle process) throws IOException {
        Files.writeString(path, process.pid() + " " + startOf(process) + System.lineSeparator());
    }

    /** The process, if it still runs. */
    Optional<ProcessHandle> process() throws IOException {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        String[] fields = Files.readString(path).strip().split(" ", 2);
        return fields.length < 2
                ? Optional.empty()
                : ProcessHandle.of(Long.parseLong(fields[0]))
                        .filter(process -> process.isAlive() && startOf(process).equals(fields[1]));
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
