package org.opensearch.ralm.trainer.cli;

import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.source.DatasetLoader;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The option that names the data. */
final class DataArguments {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "KIND:WHERE",
            defaultValue = "synthetic",
            description = {
                "What to learn from (default: ${DEFAULT-VALUE}).",
                "synthetic[:users=N,items=N,events=N,days=N,seed=N]  a made-up news feed",
                "movietweetings:DIR  ratings.dat and movies.dat; a rating is a click",
                "movielens:DIR  the files of MovieLens 100K or 1M",
                "files:DIR  CSV, Parquet or NDJSON as DIR/dataset.yaml describes them"
            })
    private String data;

    Dataset load() {
        return new DatasetLoader(notice -> spec.commandLine().getErr().println("ralm: " + notice)).load(data);
    }
}
