package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import org.opensearch.ralm.block.SeedBlock;
import org.opensearch.ralm.trainer.bench.score.ScoreBench;
import org.opensearch.ralm.trainer.bench.score.ScoreOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ralm bench score}: what a score costs, beside what else a cluster can compute for every candidate. */
@Command(
        name = "score",
        description = {
            "Times ralm_score beside match_all, knn_score on one vector, a painless script and k-NN's late interaction, "
                    + "all in one index of a local cluster of its own.",
            "The whole of it takes about ten minutes."
        })
final class BenchScoreCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterBench bench;

    @Option(
            names = "--candidates",
            paramLabel = "N",
            split = ",",
            defaultValue = "10000,100000",
            description = "How many candidates there are, an index each (default: 10000,100000).")
    private List<Integer> candidates;

    @Option(
            names = "--dimension",
            paramLabel = "H",
            defaultValue = "128",
            description = "The width of vectors (default: 128).")
    private int dimension;

    @Option(
            names = "--clusters",
            paramLabel = "K",
            defaultValue = "20",
            description = "Of each candidate (default: 20).")
    private int clusters;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "200",
            description = "Searches of each contender, five of late interaction (default: 200).")
    private int queries;

    @Option(
            names = "--clients",
            paramLabel = "N",
            defaultValue = "8",
            description = "How many search at once when throughput is measured (default: 8).")
    private int clients;

    @Option(
            names = "--live-seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long a feed is searched without and with 500 clicks a second; 0 leaves it out "
                    + "(default: 60).")
    private int liveSeconds;

    @Override
    public Integer call() throws IOException {
        for (int number : candidates) {
            require("--candidates", number, 1, 10_000_000);
        }
        require("--dimension", dimension, 1, SeedBlock.MAX_DIMENSION);
        require("--clusters", clusters, 1, SeedBlock.MAX_CLUSTERS);
        require("--queries", queries, 1, 1_000_000);
        require("--clients", clients, 1, 100);
        require("--live-seconds", liveSeconds, 0, 3_600);
        return bench.run((directory, out) -> new ScoreBench(
                        new ScoreOptions(candidates, dimension, clusters, queries, clients, liveSeconds, directory),
                        out)
                .run());
    }

    private void require(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), name + " must be from " + least + " to " + most + ", but is " + value);
        }
    }
}
