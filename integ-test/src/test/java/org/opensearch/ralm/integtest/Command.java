package org.opensearch.ralm.integtest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A program with its arguments. */
record Command(List<String> words, Path directory, Map<String, String> environment) {
    static Command of(String... words) {
        return new Command(List.of(words), null, Map.of());
    }

    /** The same with more arguments. */
    Command with(String... more) {
        return new Command(Stream.concat(words.stream(), Stream.of(more)).toList(), directory, environment);
    }

    /** The same, run in a directory. */
    Command in(Path directory) {
        return new Command(words, directory, environment);
    }

    /** The same with variables beside those of this process. */
    Command with(Map<String, String> environment) {
        return new Command(words, directory, environment);
    }

    /** What it prints, after checking that it ends with 0. */
    String run() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(directory == null ? null : directory.toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> words + " said:\n" + output);
        return output;
    }

    List<String> lines() throws IOException, InterruptedException {
        return run().lines().toList();
    }
}
