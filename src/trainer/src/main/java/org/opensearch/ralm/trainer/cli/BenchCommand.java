package org.opensearch.ralm.trainer.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.opensearch.ralm.trainer.bench.BlockBench;
import org.opensearch.ralm.trainer.bench.BlockResult;
import org.opensearch.ralm.trainer.bench.LiveBench;
import org.opensearch.ralm.trainer.bench.LiveOptions;
import org.opensearch.ralm.trainer.bench.TrainBench;
import org.opensearch.ralm.trainer.bench.TrainResult;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.evaluation.Comparison;
import org.opensearch.ralm.trainer.evaluation.Protocol;
import org.opensearch.ralm.trainer.evaluation.Setting;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ralm bench}: measurements on local clusters of their own. */
@Command(
        name = "bench",
        subcommands = {BenchScoreCommand.class, BenchRecallCommand.class, BenchChaosCommand.class},
        description =
                "Measures scoring, recall, the live loop or what it survives on a local cluster of its own, training, or what "
                        + "scoring could save.")
final class BenchCommand implements Runnable {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(), "Missing command: score, recall, live, chaos, train or blocks");
    }

    @Command(
            description = {
                "Sends clicks at a steady rate, waits until all are counted, and measures how long that takes and what "
                        + "it costs.",
                "What is lost, late or too much is in the file, too; it ends with 0 all the same."
            })
    int live(
            @Mixin ClusterBench bench,
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
                    int candidates)
            throws IOException {
        requirePositive("--seconds", seconds);
        requirePositive("--rate", rate);
        requirePositive("--candidates", candidates);
        return bench.run((directory, out) ->
                new LiveBench(new LiveOptions(seconds, rate, candidates, LiveOptions.USERS, directory), out).run());
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

    @Command(
            description = {
                "Trains as 'ralm evaluate' does and measures on the test users and candidates what seed blocks lose in "
                        + "int8, and which share of the candidates upper bounds of their scores would spare a search."
            })
    int blocks(
            @Mixin DataArguments data,
            @Mixin TrainingArguments training,
            @Option(
                            names = "--test-users",
                            paramLabel = "N",
                            defaultValue = "500",
                            description = "At most so many users of each block search (default: 500).")
                    int testUsers,
            @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON, too.") Path json)
            throws IOException {
        requirePositive("--test-users", testUsers);
        TrainingOptions options = training.options();
        Dataset dataset = data.load();
        Setting setting = new Setting(
                dataset,
                SeedIndex.of(dataset.events(), dataset.items().size()),
                Protocol.standard().withMinSeeds(options.lookalike().minSeeds()),
                testUsers,
                options,
                training.paperHead(options));
        Comparison comparison = new Comparison(
                setting,
                TimeSplit.standard(dataset.events()),
                Optional.empty(),
                Optional.empty(),
                null,
                new ConsoleProgress(spec.commandLine().getErr()));
        BlockResult result = new BlockBench(comparison.first()).run();
        spec.commandLine().getOut().println(result.toText());
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
