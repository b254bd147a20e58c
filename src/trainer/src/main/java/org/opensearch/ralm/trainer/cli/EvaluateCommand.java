package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.opensearch.ralm.trainer.baseline.Contenders;
import org.opensearch.ralm.trainer.content.ColdStart;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.SeedIndex;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.evaluation.Comparison;
import org.opensearch.ralm.trainer.evaluation.Contender;
import org.opensearch.ralm.trainer.evaluation.Experiment;
import org.opensearch.ralm.trainer.evaluation.Protocol;
import org.opensearch.ralm.trainer.evaluation.Result;
import org.opensearch.ralm.trainer.evaluation.Setting;
import org.opensearch.ralm.trainer.evaluation.TestBlock;
import org.opensearch.ralm.trainer.report.HtmlReport;
import org.opensearch.ralm.trainer.report.Report;
import org.opensearch.ralm.trainer.report.ReportJson;
import org.opensearch.ralm.trainer.report.SweepPoint;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ralm evaluate}: the comparison of models on clicks that none of them has seen. */
@Command(
        name = "evaluate",
        description = {
            "Trains the models and compares them on the last fifth of the clicks: the first three fifths teach the "
                    + "representation, the next one the look-alike models.",
            "A candidate's seeds are those who clicked it strictly before a block of some days or hours, the negatives of a "
                    + "click are drawn from what others clicked in the same block, so that popularity alone is worth "
                    + "little."
        })
final class EvaluateCommand implements Callable<Integer> {

    /** Which clicks are measured on. */
    enum Span {
        /** The last quarter of the look-alike phase, for choosing options; the test span is not looked at. */
        VALIDATION,
        /** The last fifth of all. */
        TEST;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArguments data;

    @Mixin
    private TrainingArguments training;

    @Mixin
    private ContenderArguments contenders;

    @Option(
            names = "--on",
            paramLabel = "SPAN",
            defaultValue = "test",
            description = "What is measured on (default: ${DEFAULT-VALUE}): test, the last fifth of the clicks; or "
                    + "validation, the last quarter of what the look-alike models learn from otherwise, for choosing "
                    + "options.")
    private Span span;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            defaultValue = "1",
            description = "Train and measure with N random seeds, from --seed upwards, and tell mean and standard "
                    + "deviation (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--test-users",
            paramLabel = "N",
            defaultValue = "5000",
            description =
                    "At most so many users of each block are tested, drawn at random (default: " + "${DEFAULT-VALUE}).")
    private int testUsers;

    @Option(
            names = "--checkpoint",
            paramLabel = "DIR",
            description = "Keep the trained state there after each validation: the same command goes on from it after "
                    + "Ctrl-C, which says in one line what is kept (default: nothing is kept).")
    private Path checkpoint;

    @Option(
            names = "--sweep",
            negatable = true,
            description = "Train RALM with 1, 5, 10, 20, 50 and 100 clusters, too, figure 6 of the paper, or do not "
                    + "(default: with --report).")
    private Boolean sweep;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON, too.")
    private Path json;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write the results as a page with charts, too, and as JSON beside it.")
    private Path reportDirectory;

    @Override
    public Integer call() throws IOException {
        TrainingOptions options = training.options();
        List<Contender> chosen = contenders.chosen();
        checkAtLeastOne("--seeds", seeds);
        checkAtLeastOne("--test-users", testUsers);
        if (json != null) {
            Files.createDirectories(json.toAbsolutePath().getParent());
        }
        if (reportDirectory != null) {
            HtmlReport.requireFonts();
        }
        Dataset dataset = data.load();
        try (Interruption watched = Interruption.watch(spec, checkpoint)) {
            compare(dataset, options, chosen);
        }
        return 0;
    }

    private void compare(Dataset dataset, TrainingOptions options, List<Contender> chosen) throws IOException {
        List<Contender> compared = contenders.suited(chosen, dataset, data::madeUp);
        Throughput throughput =
                new Throughput(new ConsoleProgress(spec.commandLine().getErr()));
        Comparison comparison = comparison(dataset, options, throughput);
        List<Result> results = comparison.run(compared, seeds);
        boolean sweeps = sweep == null ? reportDirectory != null : sweep;
        List<SweepPoint> points = sweeps ? ClusterSweep.of(comparison) : List.of();
        new ResultTable(spec.commandLine().getOut(), testUsers)
                .print(dataset, comparison.first().blocks(), results, points);
        if (compared.stream().anyMatch(contender -> contender.name().equals(Contenders.CONTENT))) {
            printColdStart(comparison.first());
        }
        write(report(dataset, results, points, comparison, throughput));
    }

    private void write(Report report) throws IOException {
        if (json != null) {
            ReportJson.write(report, json);
        }
        if (reportDirectory != null) {
            HtmlReport.write(report, reportDirectory);
        }
    }

    private void printColdStart(Experiment experiment) {
        PrintWriter out = spec.commandLine().getOut();
        for (int below : new int[] {1, experiment.setting().protocol().minSeeds()}) {
            ColdStart cold = ColdStart.of(experiment, below);
            out.printf(
                    Locale.ROOT,
                    "%,d clicks on items with %s seeds: ralm-content AUC %.4f, popularity %.4f%n",
                    cold.clicks(),
                    below == 1 ? "no" : "fewer than " + below,
                    cold.contentAuc(),
                    cold.popularityAuc());
        }
        out.flush();
    }

    private void checkAtLeastOne(String name, int value) {
        if (value < 1) {
            throw new ParameterException(spec.commandLine(), name + " must be at least 1, but is " + value);
        }
    }

    private Comparison comparison(Dataset dataset, TrainingOptions options, Throughput throughput) {
        TimeSplit split = TimeSplit.standard(dataset.events());
        Setting setting = new Setting(
                dataset,
                SeedIndex.of(dataset.events(), dataset.items().size()),
                Protocol.standard().withMinSeeds(options.lookalike().minSeeds()),
                testUsers,
                options,
                training.paperHead(options));
        return new Comparison(
                setting,
                span == Span.TEST ? split : split.validation(dataset.events()),
                contenders.category(dataset),
                contenders.tags(dataset),
                checkpoint,
                throughput);
    }

    private Report report(
            Dataset dataset,
            List<Result> results,
            List<SweepPoint> points,
            Comparison comparison,
            Throughput throughput) {
        List<TestBlock> blocks = comparison.first().blocks();
        ReportDetails details = ReportDetails.of(comparison.first());
        return new Report(
                dataset.name(),
                Invocation.of(spec),
                blocks.stream().mapToInt(TestBlock::cases).sum(),
                blocks.size(),
                dataset.timing().blockHours(),
                dataset.timing().poolHours(),
                ReportRows.of(results),
                details.curves(),
                points,
                details.fields(),
                details.calibration(),
                details.scores(),
                comparison.trainSeconds(),
                PeakMemory.megabytes(),
                throughput.samplesPerSecond());
    }
}
