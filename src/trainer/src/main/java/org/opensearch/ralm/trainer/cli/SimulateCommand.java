package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.report.ReportJson;
import org.opensearch.ralm.trainer.simulation.Simulation;
import org.opensearch.ralm.trainer.simulation.SimulationOptions;
import org.opensearch.ralm.trainer.simulation.SimulationResult;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeed;
import org.opensearch.ralm.trainer.synthetic.SyntheticFeedOptions;
import org.opensearch.ralm.trainer.training.Training;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ralm simulate}: what look-alike changes in a feed, on a made-up world whose truth is known. */
@Command(
        name = "simulate",
        description = {
            "Replays the last days of a made-up feed twice, as the paper's online test did (Table 2): half of the "
                    + "users, chosen by id, get a feed by popularity and taste, the other half the same feed with "
                    + "look-alike in a part of its slots.",
            "Users come when they came in the feed's own log and click by the feed's true click probabilities. The "
                    + "first three fifths of the log teach the representation, the next one the look-alike model, the "
                    + "last is replayed. Each arm's clicks alone become its popularity, its seeds and its users' "
                    + "histories.",
            "Tells exposure, CTR, diversity and Gini of both arms and the relative change with bootstrap confidence "
                    + "intervals over replays and users."
        })
final class SimulateCommand implements Callable<Integer> {
    private static final String KIND = "synthetic";
    private static final SimulationOptions DEFAULT = SimulationOptions.DEFAULT;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--data",
            paramLabel = "synthetic[:KEY=VALUE,…]",
            defaultValue = "synthetic",
            description =
                    "The made-up feed: synthetic[:users=N,items=N,events=N,days=N,interests=N,noise=SHARE,seed=N] "
                            + "(default: ${DEFAULT-VALUE}). Of no other data the truth is known.")
    private String data;

    @Mixin
    private TrainingArguments training;

    @Option(names = "--slots", paramLabel = "N", description = "Items shown at a visit (default: 10).")
    private int slots = DEFAULT.slots();

    @Option(
            names = "--share",
            paramLabel = "SHARE",
            description = "Share of the slots that look-alike fills for the treated users (default: 0.3).")
    private double share = DEFAULT.share();

    @Option(
            names = "--exploration",
            paramLabel = "SHARE",
            description = "Share of the slots that are filled at random for all users (default: 0.1).")
    private double exploration = DEFAULT.exploration();

    @Option(
            names = "--popularity-weight",
            paramLabel = "W",
            description = "Look-alike ranks by γ·score + W·log(clicks of the last day + 1/2) (default: 0.5).")
    private double popularityWeight = DEFAULT.popularityWeight();

    @Option(
            names = "--refresh-hours",
            paramLabel = "N",
            description = "Seeds, popularity and histories are brought up to date every N hours (default: 4).")
    private int refreshHours = DEFAULT.refreshHours();

    @Option(
            names = "--click-rate",
            paramLabel = "RATE",
            description = "Share of items shown at random that would be clicked, about (default: 0.02).")
    private double clickRate = DEFAULT.clickRate();

    @Option(
            names = "--replays",
            paramLabel = "N",
            description = "How many times the days are replayed, each time with another split of the users "
                    + "(default: 5).")
    private int replays = DEFAULT.replays();

    @Option(
            names = "--resamples",
            paramLabel = "N",
            description = "How many times replays and users are drawn again for the intervals (default: 1000).")
    private int resamples = DEFAULT.resamples();

    @Option(names = "--level", paramLabel = "SHARE", description = "Of the intervals (default: 0.95).")
    private double level = DEFAULT.level();

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Keep the trained state there, and go on from it after an interruption.")
    private Path checkpoint;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON, too.")
    private Path json;

    @Override
    public Integer call() throws IOException {
        TrainingOptions trainingOptions = training.options();
        SimulationOptions options = options(trainingOptions.seed());
        SyntheticFeedOptions feedOptions = feedOptions();
        if (json != null) {
            Files.createDirectories(json.toAbsolutePath().getParent());
        }
        SyntheticFeed feed = SyntheticFeed.generate(feedOptions);
        PrintWriter err = spec.commandLine().getErr();
        Simulation simulation;
        try (Interruption watched = Interruption.watch(spec, checkpoint)) {
            simulation = simulation(feed, trainingOptions, options);
        }
        SimulationResult result =
                simulation.run(Invocation.of(spec), replayed -> err.printf("  replay %d of %d%n", replayed, replays));
        spec.commandLine().getOut().print(result.toText());
        spec.commandLine().getOut().flush();
        if (json != null) {
            ReportJson.write(result, json);
        }
        return 0;
    }

    /** The recommender without look-alike may learn all items that there are before the replay. */
    private Simulation simulation(SyntheticFeed feed, TrainingOptions options, SimulationOptions replay) {
        TimeSplit split = TimeSplit.standard(feed.dataset().events());
        Training ralm = training(feed, split, options, "ralm");
        Training taste = training(feed, split.withPhase1UpToTest(), options, "taste");
        return Simulation.of(feed, split, taste, ralm.lookalike("ralm", options.lookalike()), replay);
    }

    private Training training(SyntheticFeed feed, TimeSplit split, TrainingOptions options, String name) {
        return new Training(
                feed.dataset(),
                split,
                options,
                checkpoint == null ? null : checkpoint.resolve(name),
                new ConsoleProgress(spec.commandLine().getErr()));
    }

    private SimulationOptions options(long seed) {
        try {
            return new SimulationOptions(
                    slots,
                    share,
                    exploration,
                    popularityWeight,
                    refreshHours,
                    clickRate,
                    replays,
                    resamples,
                    level,
                    seed);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private SyntheticFeedOptions feedOptions() {
        if (data.equals(KIND) == false && data.startsWith(KIND + ":") == false) {
            throw new ParameterException(
                    spec.commandLine(), "--data must be synthetic[:KEY=VALUE,…], but is '" + data + "'");
        }
        try {
            return SyntheticFeedOptions.parse(data.substring(Math.min(data.length(), KIND.length() + 1)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--data: " + e.getMessage(), e);
        }
    }
}
