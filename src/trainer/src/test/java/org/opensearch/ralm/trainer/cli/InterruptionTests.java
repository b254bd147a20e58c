package org.opensearch.ralm.trainer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real processes, ended by the signals that Ctrl-C and {@code kill} send. */
@EnabledOnOs(OS.LINUX)
class InterruptionTests {

    /** Rounds of a second or so. */
    private static final List<String> OPTIONS = List.of(
            "--data=synthetic:users=400,items=60,events=5000,days=12,interests=5",
            "--dimension=8",
            "--clusters=3",
            "--epochs=4",
            "--batch=16",
            "--min-seeds=5");

    private static final String ROUND = "representation, epoch 2 ";
    private static final String TO_GO_ON = "; to go on: ralm ";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void anInterruptedTrainingSaysWhatIsKeptAndHowItGoesOn(String signal, int code) throws Exception {
        Path out = directory.resolve("a model");
        String message = interrupted(signal, code, ROUND, "train", "--out=" + out);
        assertTrue(
                message.matches("ralm: interrupted; round [12] of \\[representation], epoch [12], is kept in .*"),
                message);
        assertTrue(message.contains(" is kept in " + out.resolve("checkpoint") + TO_GO_ON), message);
        String line = message.substring(message.indexOf(TO_GO_ON) + TO_GO_ON.length());
        assertEquals(String.join(" ", arguments("train", "'--out=" + out + "'")), line);

        CommandRun resumed = CommandRun.of(arguments("train", "--out=" + out).toArray(String[]::new));
        assertEquals(0, resumed.code(), resumed.err());
        assertFalse(resumed.out().contains("representation, epoch 1 "), resumed.out());
        assertTrue(Files.exists(out.resolve("model.json")));
    }

    @Test
    void anInterruptedComparisonSaysWhetherAnythingIsKept() throws Exception {
        Path kept = directory.resolve("kept");
        assertEquals(
                "ralm: interrupted; nothing was kept, for it takes --checkpoint DIR to go on later",
                interrupted("INT", 130, ROUND, "evaluate", "--models=ralm"));
        String message = interrupted("INT", 130, ROUND, "evaluate", "--models=ralm", "--checkpoint=" + kept);
        assertTrue(message.contains("of [representation], epoch"), message);
        assertTrue(
                message.endsWith(
                        TO_GO_ON + String.join(" ", arguments("evaluate", "--models=ralm", "--checkpoint=" + kept))),
                message);
    }

    @Test
    void withoutARoundNothingIsKept() {
        assertEquals(
                "ralm: interrupted before the first round was over; nothing was kept in " + directory,
                Interruption.message(directory, "ralm train"));
    }

    private static List<String> arguments(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(command));
        arguments.addAll(OPTIONS);
        arguments.addAll(List.of(more));
        return arguments;
    }

    /** Ends a command by a signal once it has printed something; gives the line in which it says so. */
    private static String interrupted(String signal, int code, String when, String command, String... more)
            throws IOException, InterruptedException {
        // Where the build runs in the background, its processes would ignore SIGINT.
        List<String> line = new ArrayList<>(List.of(
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Ralm.class.getName()));
        line.addAll(arguments(command, more));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        List<String> printed = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String text = output.readLine(); text != null; text = output.readLine()) {
                printed.add(text);
                if (text.contains(when)) {
                    new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                            .start()
                            .waitFor();
                }
            }
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
            assertEquals(code, process.exitValue(), printed.toString());
        } finally {
            process.destroyForcibly();
        }
        List<String> told =
                printed.stream().filter(text -> text.startsWith("ralm: ")).toList();
        assertEquals(1, told.size(), printed.toString());
        return told.getFirst();
    }
}
