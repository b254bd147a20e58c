package org.opensearch.ralm.trainer.cli;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.opensearch.ralm.trainer.bench.chaos.ChaosBench;
import org.opensearch.ralm.trainer.bench.chaos.ChaosOptions;
import org.opensearch.ralm.trainer.bench.chaos.ChaosResult;
import org.opensearch.ralm.trainer.server.Directories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ralm bench chaos}: what is left of the live loop when things break. */
@Command(
        name = "chaos",
        description = {
            "Sends clicks, candidates and queries to three nodes of its own while they are killed, restarted, stalled, "
                    + "and run out of disk speed and of heap.",
            "Then looks whether all that was acknowledged is there and every score was right. Ends with 1 if not."
        })
final class BenchChaosCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--minutes",
            paramLabel = "M",
            defaultValue = "30",
            description = "How long there is load, two thirds of it with faults; 0.5 to 1440 (default: 30).")
    private double minutes;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the faults: equal seeds give equal faults in the same order (default: 1).")
    private long seed;

    @Option(names = "--json", paramLabel = "FILE", required = true, description = "Where the results go.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        if ((minutes >= 0.5 && minutes <= 1_440) == false) {
            throw new ParameterException(spec.commandLine(), "--minutes must be from 0.5 to 1440, but is " + minutes);
        }
        Path file = json.toAbsolutePath();
        Files.createDirectories(file.getParent());
        Path directory = Files.createTempDirectory("ralm-chaos-");
        PrintWriter out = spec.commandLine().getOut();
        ChaosResult result = new ChaosBench(new ChaosOptions(minutes, seed, directory), line -> {
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
        out.println(result.toText());
        out.println("Written to " + json);
        if (result.isSound() == false) {
            out.println("The cluster's files are kept in " + directory);
            return 1;
        }
        Directories.delete(directory);
        return 0;
    }
}
