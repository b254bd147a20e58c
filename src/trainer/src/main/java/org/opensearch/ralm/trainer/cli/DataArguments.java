package org.opensearch.ralm.trainer.cli;

import java.util.OptionalInt;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.source.DatasetLoader;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that name the data. */
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
                "globo:DIR  clicks_hour_*.csv, and articles_metadata.csv if it is there",
                "mind:DIR  behaviors.tsv and news.tsv, also of several parts in folders below",
                "files:DIR  CSV, Parquet or NDJSON as DIR/dataset.yaml describes them"
            })
    private String data;

    @Option(
            names = "--sample",
            paramLabel = "SHARE",
            defaultValue = "1",
            description = "Only this share of the users, chosen by a hash of their ids, with all they clicked "
                    + "(default: ${DEFAULT-VALUE}).")
    private double sample;

    @Option(
            names = "--max-bad-rows",
            paramLabel = "N",
            description = "How many rows that cannot be read may be skipped; the first few are told with file, line "
                    + "and reason (default: none, or max_bad_rows of a dataset.yaml).")
    private Integer maxBadRows;

    Dataset load() {
        CommandLine command = spec.commandLine();
        if ((sample > 0 && sample <= 1) == false) {
            throw new ParameterException(command, "--sample must be above 0 and at most 1, but is " + sample);
        }
        return new DatasetLoader(notice -> command.getErr().println("ralm: " + notice), maxBadRows())
                .load(data)
                .sample(sample);
    }

    private OptionalInt maxBadRows() {
        if (maxBadRows == null) {
            return OptionalInt.empty();
        }
        if (maxBadRows < 0) {
            throw new ParameterException(spec.commandLine(), "--max-bad-rows must be at least 0, but is " + maxBadRows);
        }
        return OptionalInt.of(maxBadRows);
    }
}
