package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.opensearch.ralm.trainer.bench.recall.RecallBench;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ralm bench recall}: what scoring only the recalled candidates finds and saves. */
@Command(
        name = "recall",
        description = {
            "Searches the best 50 of many candidates by scoring all of them, and by scoring only those whose global "
                    + "embeddings are nearest to the user, on a local cluster of its own.",
            "Says how many of the best are found by which share of the candidates, and how long it takes."
        })
final class BenchRecallCommand implements Callable<Integer> {

    @Mixin
    private ClusterBench bench;

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

    @Override
    public Integer call() throws IOException {
        bench.requireAtLeast("--candidates", candidates, 1_000);
        bench.requireAtLeast("--queries", queries, 1);
        return bench.run((directory, out) -> new RecallBench(candidates, queries, directory, out).run());
    }
}
