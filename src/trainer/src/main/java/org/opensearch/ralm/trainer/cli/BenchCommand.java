package org.opensearch.ralm.trainer.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.opensearch.ralm.trainer.bench.LiveBench;
import org.opensearch.ralm.trainer.bench.LiveOptions;
import org.opensearch.ralm.trainer.bench.LiveResult;
import org.opensearch.ralm.trainer.server.Directories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ralm bench}: measurements on local clusters of their own. */
@Command(name = "bench", description = "Measures on a local cluster of its own, which it starts and stops.")
final class BenchCommand implements Runnable {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: live");
    }

    @Command(
            description = {
                "Sends clicks at a steady rate, waits until all are counted, and measures how long that takes and what "
                        + "it costs.",
                "What is lost, late or too much is in the file, too; it ends with 0 all the same."
            })
    int live(
            @Option(
                            names = "--seconds",
                            paramLabel = "N",
                            defaultValue = "300",
                            description = "How long clicks are sent (default: 300).")
                    int seconds,
            @Option(
                            names = "--rate",
                            paramLabel = "R",
                            defaultValue = "1000",
                            description = "Clicks a second (default: 1000).")
                    int rate,
            @Option(
                            names = "--candidates",
                            paramLabel = "C",
                            defaultValue = "10000",
                            description = "How many candidates are clicked (default: 10000).")
                    int candidates,
            @Option(names = "--json", paramLabel = "FILE", required = true, description = "Where the results go.")
                    Path json)
            throws IOException {
        requirePositive("--seconds", seconds);
        requirePositive("--rate", rate);
        requirePositive("--candidates", candidates);
        Path file = json.toAbsolutePath();
        Files.createDirectories(file.getParent());
        Path directory = Files.createTempDirectory("ralm-bench-");
        PrintWriter out = spec.commandLine().getOut();
        LiveOptions options = new LiveOptions(seconds, rate, candidates, LiveOptions.USERS, directory);
        LiveResult result = new LiveBench(options, line -> {
                    out.println(line);
                    out.flush();
                })
                .run();
        Files.write(file, JSON.writeValueAsBytes(result.toJson()));
        Directories.delete(directory);
        out.println(result.toText());
        out.println("Written to " + json);
        return 0;
    }

    private void requirePositive(String name, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), name + " must be at least 1, but is " + value);
        }
    }
}
