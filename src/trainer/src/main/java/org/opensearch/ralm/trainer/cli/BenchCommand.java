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
import org.opensearch.ralm.trainer.bench.TrainBench;
import org.opensearch.ralm.trainer.bench.TrainResult;
import org.opensearch.ralm.trainer.server.Directories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ralm bench}: measurements on local clusters of their own. */
@Command(name = "bench", description = "Measures the live loop on a local cluster of its own, or training.")
final class BenchCommand implements Runnable {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command: live or train");
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

    @Command(
            description = {
                "Learns both phases side by side with the same networks written down plainly in DJL with dense Adam: the "
                        + "same first weights and batches, in turns.",
                "Prints samples a second, their ratio and how far the loss curves are apart."
            })
    int train(
            @Option(
                            names = "--items",
                            paramLabel = "N",
                            defaultValue = "50000",
                            description = "Rows of the items' table and of the history's (default: 50000).")
                    int items,
            @Option(
                            names = "--batch",
                            paramLabel = "N",
                            defaultValue = "256",
                            description = "Samples a step (default: 256).")
                    int batch,
            @Option(
                            names = "--width",
                            paramLabel = "N",
                            defaultValue = "128",
                            description = "Of fields, user embeddings and look-alike vectors (default: 128).")
                    int width,
            @Option(
                            names = "--steps",
                            paramLabel = "N",
                            defaultValue = "200",
                            description = "Of each phase, the first fifth of which are not timed (default: 200).")
                    int steps,
            @Option(names = "--json", paramLabel = "FILE", description = "Write the results with the loss curves, too.")
                    Path json)
            throws IOException {
        requireAtLeast("--items", items, 1_000);
        requirePositive("--batch", batch);
        requirePositive("--width", width);
        requireAtLeast("--steps", steps, 10);
        PrintWriter out = spec.commandLine().getOut();
        TrainResult result = new TrainBench(items, batch, width, steps, line -> {
                    out.println(line);
                    out.flush();
                })
                .run();
        out.println(result.toText());
        if (json != null) {
            Files.createDirectories(json.toAbsolutePath().getParent());
            Files.write(json, JSON.writeValueAsBytes(result.toJson()));
        }
        return 0;
    }

    private void requirePositive(String name, int value) {
        requireAtLeast(name, value, 1);
    }

    private void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), name + " must be at least " + least + ", but is " + value);
        }
    }
}
