package org.opensearch.ralm.trainer.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.opensearch.ralm.trainer.bench.recall.RecallBench;
import org.opensearch.ralm.trainer.bench.recall.RecallResult;
import org.opensearch.ralm.trainer.server.Directories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ralm bench recall}: what scoring only the recalled candidates finds and saves. */
@Command(
        name = "recall",
        description = {
            "Searches the best 50 of many candidates by scoring all of them, and by scoring only those whose global "
                    + "embeddings are nearest to the user, on a local cluster of its own.",
            "Says how many of the best are found by which share of the candidates, and how long it takes."
        })
final class BenchRecallCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            defaultValue = "200000",
            description = "How many candidates there are, at least 1000 (default: 200000).")
    private int candidates;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "100",
            description = "Searches of each kind (default: 100).")
    private int queries;

    @Option(names = "--json", paramLabel = "FILE", required = true, description = "Where the results go.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        require("--candidates", candidates, 1_000);
        require("--queries", queries, 1);
        Path file = json.toAbsolutePath();
        Files.createDirectories(file.getParent());
        Path directory = Files.createTempDirectory("ralm-bench-");
        PrintWriter out = spec.commandLine().getOut();
        RecallResult result = new RecallBench(candidates, queries, directory, line -> {
                    out.println(line);
                    out.flush();
                })
                .run();
        Files.write(
                file,
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValueAsBytes(result.toJson()));
        Directories.delete(directory);
        out.println(result.toText());
        out.println("Written to " + json);
        return 0;
    }

    private void require(String name, int value, int least) {
        if (value < least) {
            throw new ParameterException(spec.commandLine(), name + " must be at least " + least + ", but is " + value);
        }
    }
}
