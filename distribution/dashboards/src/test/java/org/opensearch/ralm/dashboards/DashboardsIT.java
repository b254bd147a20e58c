package org.opensearch.ralm.dashboards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every panel of every dashboard shows something over what a small demo leaves, and is readable. */
class DashboardsIT {

    private static final String COMMAND = "../bin/ralm-dashboards";

    /** The server's own user has to get there, so it is no directory for root alone. */
    private static final Path STATE = Path.of("target", "demo").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void allPanelsShowTheDemosData() throws IOException, InterruptedException {
        requireTools();
        try (SmallDemo demo = SmallDemo.run(STATE)) {
            Path pictures = directory.resolve("pictures");
            Path log = directory.resolve("log");
            int code = run(log, COMMAND, "pictures", demo.url().toString(), pictures.toString());
            assertEquals(0, code, Files.readString(log));
            assertTrue(Files.readString(log).endsWith("0 faults\n"), Files.readString(log));
            for (String dashboard : List.of("feed-health", "candidates", "audience-and-diversity", "model")) {
                assertTrue(Files.size(pictures.resolve("ralm-demo-ralm-" + dashboard + ".png")) > 0, dashboard);
            }
        }
    }

    /** Without the tools there is nothing to prove, unless the build says that there must be. */
    private void requireTools() throws IOException, InterruptedException {
        boolean required = Boolean.getBoolean("ralm.tools.required");
        Path log = directory.resolve("tools");
        boolean there = run(log, COMMAND, "tools") == 0;
        String instead = Files.readString(log).strip();
        assertTrue(there || !required, instead);
        assumeTrue(there, () -> "the dashboards are not drawn: " + instead);
    }

    private static int run(Path log, String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
    }
}
