package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.opensearch.ralm.trainer.bench.chaos.ChaosBench;
import org.opensearch.ralm.trainer.bench.chaos.ChaosOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private ClusterBench bench;

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

    @Override
    public Integer call() throws IOException {
        if ((minutes >= 0.5 && minutes <= 1_440) == false) {
            throw new ParameterException(spec.commandLine(), "--minutes must be from 0.5 to 1440, but is " + minutes);
        }
        return bench.run((directory, out) -> new ChaosBench(new ChaosOptions(minutes, seed, directory), out).run());
    }
}
