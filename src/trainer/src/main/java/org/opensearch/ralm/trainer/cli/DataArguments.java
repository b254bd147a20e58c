package org.opensearch.ralm.trainer.cli;

import java.util.Optional;
import java.util.OptionalInt;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.Timing;
import org.opensearch.ralm.trainer.source.DatasetLoader;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;
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

    @Option(
            names = "--block-hours",
            paramLabel = "N",
            description =
                    "Train and test in blocks of N hours: candidates and their seeds are those at a block's start, "
                            + "negatives are drawn from its clicks (default: 24 for globo and mind, block_hours of a dataset.yaml, "
                            + "else 72).")
    private Integer blockHours;

    @Option(
            names = "--pool-hours",
            paramLabel = "N",
            description = "Candidates are the items with enough seeds in the N hours before a block, 0 for any age "
                    + "(default: 24 for globo and mind, pool_hours of a dataset.yaml, else 0).")
    private Integer poolHours;

    Dataset load() {
        CommandLine command = spec.commandLine();
        requireAtLeast("--block-hours", blockHours, 1);
        requireAtLeast("--pool-hours", poolHours, 0);
        requireAtLeast("--max-bad-rows", maxBadRows, 0);
        if ((sample > 0 && sample <= 1) == false) {
            throw new ParameterException(command, "--sample must be above 0 and at most 1, but is " + sample);
        }
        OptionalInt badRows = maxBadRows == null ? OptionalInt.empty() : OptionalInt.of(maxBadRows);
        Dataset dataset = new DatasetLoader(notice -> command.getErr().println("ralm: " + notice), badRows).load(data);
        return dataset.withTiming(timing(dataset.timing())).sample(sample);
    }

    /** The feed behind all of the data, if it is made up. */
    Optional<SyntheticFeed> madeUp() {
        return sample == 1 ? DatasetLoader.madeUp(data) : Optional.empty();
    }

    /** What is given, for the rest what the data says. */
    private Timing timing(Timing ofData) {
        Timing timing = blockHours == null ? ofData : ofData.withBlockHours(blockHours);
        return poolHours == null ? timing : timing.withPoolHours(poolHours);
    }

    private void requireAtLeast(String name, Integer value, int least) {
        if (value != null && value < least) {
            throw new ParameterException(spec.commandLine(), name + " must be at least " + least + ", but is " + value);
        }
    }
}
