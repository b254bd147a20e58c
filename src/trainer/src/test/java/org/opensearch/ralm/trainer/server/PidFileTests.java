package org.opensearch.ralm.trainer.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTests {
    @TempDir
    private Path directory;

    private Process process;
    private PidFile file;

    @BeforeEach
    void startAProcess() throws IOException {
        process = new ProcessBuilder("sleep", "600").start();
        file = new PidFile(directory.resolve("pid"));
    }

    @AfterEach
    void endTheProcess() {
        process.destroyForcibly();
    }

    @Test
    void findsTheProcessWhileItRuns() throws IOException, InterruptedException {
        assertEquals(Optional.empty(), file.process());
        file.write(process.toHandle());
        assertEquals(Optional.of(process.toHandle()), file.process());
        process.destroyForcibly().waitFor();
        assertEquals(Optional.empty(), file.process());
    }

    @Test
    void takesNoOtherProcessOfTheSameIdForIt() throws IOException {
        Files.writeString(file.path(), process.pid() + " 2001-01-01T00:00:00Z\n");
        assertEquals(Optional.empty(), file.process());
    }

    @Test
    void takesAHalfWrittenFileForNone() throws IOException {
        Files.writeString(file.path(), Long.toString(process.pid()));
        assertEquals(Optional.empty(), file.process());
    }
}
