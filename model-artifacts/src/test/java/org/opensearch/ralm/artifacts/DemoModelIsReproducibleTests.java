package org.opensearch.ralm.artifacts;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.opensearch.ralm.artifact.ModelArtifact;

/** Makes the demo model again, by the command that the README gives; takes minutes. */
@EnabledIfSystemProperty(named = "ralm.retrain", matches = "true")
class DemoModelIsReproducibleTests {

    private static final String COMMAND = "distribution/bin/ralm train ";

    @TempDir
    private Path directory;

    @Test
    void theCommandOfTheReadmeMakesTheSameBytes() throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.opensearch.ralm.trainer.cli.Ralm",
                "train"));
        command.addAll(arguments());
        Path log = directory.resolve("log");
        ProcessBuilder training =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        training.environment().put("OMP_WAIT_POLICY", "passive");
        int code = training.start().waitFor();
        assertEquals(0, code, Files.readString(log));
        for (String file : List.of(ModelArtifact.MANIFEST_FILE, ModelArtifact.WEIGHTS_FILE)) {
            assertArrayEquals(
                    Files.readAllBytes(Published.DEMO.resolve(file)),
                    Files.readAllBytes(directory.resolve(file)),
                    file);
        }
    }

    /** Those of the README, but for the directory. */
    private List<String> arguments() throws IOException {
        String line = Files.readAllLines(Published.README).stream()
                .filter(text -> text.strip().startsWith(COMMAND))
                .findFirst()
                .orElseThrow();
        List<String> arguments = new ArrayList<>(
                Arrays.asList(line.strip().substring(COMMAND.length()).split(" ")));
        arguments.set(arguments.indexOf("--out") + 1, directory.toString());
        return arguments;
    }
}
