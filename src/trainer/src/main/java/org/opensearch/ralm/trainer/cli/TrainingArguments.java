package org.opensearch.ralm.trainer.cli;

import java.nio.file.Path;
import org.opensearch.ralm.trainer.config.TrainingFile;
import org.opensearch.ralm.trainer.training.LookalikeOptions;
import org.opensearch.ralm.trainer.training.LookalikeOptions.Schedule;
import org.opensearch.ralm.trainer.training.LookalikeOptions.Seeds;
import org.opensearch.ralm.trainer.training.RepresentationOptions;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import org.opensearch.ralm.trainer.yaml.YamlException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of how models are trained. What is not given has the default of the form that is trained. */
final class TrainingArguments {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "A YAML file of all options by name, as 'ralm train --help' lists them; the command line has those "
                            + "that most trainings change, and wins over the file.")
    private Path config;

    @Option(
            names = "--paper",
            description = "Train exactly the paper's form: one head, ranks for negatives, no sizes, no temperature, "
                    + "Euclidean clusters, cross-entropy.")
    private boolean paper;

    @Option(
            names = "--dimension",
            paramLabel = "N",
            description =
                    "Width of user embeddings, of fields and of look-alike vectors, 1 to 1024 (default: 128, as in "
                            + "the paper).")
    private Integer dimension;

    @Option(names = "--clusters", paramLabel = "K", description = "Clusters a candidate, 1 to 128 (default: 20).")
    private Integer clusters;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description =
                    "Epochs of a phase at most; it stops earlier when it no longer improves (default: 12 for phase 1, 10 for phase 2).")
    private Integer epochs;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description =
                    "Epochs without a better AUC on the clicks held out after which a phase stops, keeping its best "
                            + "round (default: 3).")
    private Integer patience;

    @Option(
            names = "--validate-batches",
            paramLabel = "N",
            description =
                    "A round is so many batches, or what is left of the epoch: then the clicks held out are looked "
                            + "at, and the checkpoint is written (default: 1000).")
    private Integer validateBatches;

    @Option(names = "--batch", paramLabel = "N", description = "Samples a step of either phase (default: 256).")
    private Integer batch;

    @Option(
            names = "--rate",
            paramLabel = "R",
            description = "Adam's learning rate of phase 1 (default: 3e-3; the paper's 1e-3).")
    private Double representationRate;

    @Option(
            names = "--lookalike-rate",
            paramLabel = "R",
            description = "Adam's learning rate of phase 2 (default: 3e-3; the paper's 1e-3).")
    private Double lookalikeRate;

    @Option(
            names = "--min-seeds",
            paramLabel = "N",
            description = "Only candidates with so many seeds are learned from and tested (default: 20).")
    private Integer minSeeds;

    @Option(
            names = "--max-seeds",
            paramLabel = "N",
            description = "The newest so many seeds represent a candidate (default: 128).")
    private Integer maxSeeds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of all random choices; equal seeds give equal models (default: 42).")
    private Long seed;

    /**
     * The options.
     *
     * @throws ParameterException if a value of the command line is out of its range
     * @throws YamlException if the file will not do
     */
    TrainingOptions options() {
        TrainingOptions base = base();
        return new TrainingOptions(
                representation(base.representation()),
                lookalike(base.lookalike()),
                range("--patience", or(patience, base.patience()), 1, 10_000),
                range("--validate-batches", or(validateBatches, base.validateBatches()), 1, Integer.MAX_VALUE),
                or(seed, base.seed()));
    }

    /** The paper's head on the representation that {@link #options} trains, learned from the same samples. */
    LookalikeOptions paperHead(TrainingOptions trained) {
        LookalikeOptions paperForm = LookalikeOptions.PAPER;
        Seeds seeds = trained.lookalike().seeds();
        Schedule schedule = trained.lookalike().schedule();
        return paperForm
                .withDimension(trained.representation().form().dimension())
                .withClusters(trained.lookalike().clusters())
                .withSeeds(new Seeds(
                        seeds.min(),
                        seeds.max(),
                        seeds.reclusterBatches(),
                        paperForm.seeds().members()))
                .withSchedule(new Schedule(
                        schedule.negatives(),
                        schedule.epochs(),
                        schedule.batch(),
                        or(lookalikeRate, paperForm.schedule().rate())));
    }

    private TrainingOptions base() {
        if (config != null) {
            return TrainingFile.read(config, paper);
        }
        TrainingOptions defaults = TrainingOptions.DEFAULT;
        return paper
                ? new TrainingOptions(
                        RepresentationOptions.PAPER,
                        LookalikeOptions.PAPER,
                        defaults.patience(),
                        defaults.validateBatches(),
                        defaults.seed())
                : defaults;
    }

    private RepresentationOptions representation(RepresentationOptions base) {
        RepresentationOptions.Schedule schedule = base.schedule();
        return base.withDimension(range("--dimension", or(dimension, base.form().dimension()), 1, 1024))
                .withFieldWidth(or(dimension, base.form().fieldWidth()))
                .withSchedule(new RepresentationOptions.Schedule(
                        range("--epochs", or(epochs, schedule.epochs()), 1, 10_000),
                        range("--batch", or(batch, schedule.batch()), 1, 1 << 16),
                        positive("--rate", or(representationRate, schedule.rate()))));
    }

    private LookalikeOptions lookalike(LookalikeOptions base) {
        Seeds seeds = base.seeds();
        Schedule schedule = base.schedule();
        return base.withDimension(or(dimension, base.head().dimension()))
                .withClusters(range("--clusters", or(clusters, base.clusters()), 1, 128))
                .withSeeds(new Seeds(
                        range("--min-seeds", or(minSeeds, seeds.min()), 1, Integer.MAX_VALUE),
                        range("--max-seeds", or(maxSeeds, seeds.max()), 1, 3_000_000),
                        seeds.reclusterBatches(),
                        seeds.members()))
                .withSchedule(new Schedule(
                        schedule.negatives(),
                        or(epochs, schedule.epochs()),
                        or(batch, schedule.batch()),
                        positive("--lookalike-rate", or(lookalikeRate, schedule.rate()))));
    }

    private static <T> T or(T given, T otherwise) {
        return given == null ? otherwise : given;
    }

    private int range(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new ParameterException(
                    spec.commandLine(), name + " must be from " + least + " to " + most + ", but is " + value);
        }
        return value;
    }

    private double positive(String name, double value) {
        if ((value > 0 && value < Double.POSITIVE_INFINITY) == false) {
            throw new ParameterException(spec.commandLine(), name + " must be above 0, but is " + value);
        }
        return value;
    }
}
