package org.opensearch.ralm.trainer.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.opensearch.ralm.artifact.ContentForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Safetensors;
import org.opensearch.ralm.trainer.content.ContentTraining;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.TimeSplit;
import org.opensearch.ralm.trainer.embedding.EmbeddingModel;
import org.opensearch.ralm.trainer.embedding.FieldDictionaries;
import org.opensearch.ralm.trainer.training.TrainedModel;
import org.opensearch.ralm.trainer.training.Training;
import org.opensearch.ralm.trainer.training.TrainingOptions;
import org.opensearch.ralm.trainer.training.UserSnapshot;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ralm train}: from logs to a model that can be published. */
@Command(
        name = "train",
        description = {
            "Trains a model and writes it into a directory: model.json and weights.safetensors, which are served; "
                    + "representation.safetensors and fields.ndjson.gz, which embed users; users.ndjson.gz, every user's vector after the "
                    + "last click.",
            "Where it stands is kept in DIR/checkpoint after each validation: interrupted, by Ctrl-C or otherwise, it goes "
                    + "on from there when it is started again with the same options, and ends with the same bytes. After "
                    + "Ctrl-C it says in one line which round is kept, and the command to go on."
        },
        footerHeading =
                "%nAll options as the file of --config has them, with their defaults. Where the command line has an "
                        + "option, too, its name stands behind the #; the others are in the file alone.%n",
        footer = {
            "",
            "  paper: false              # --paper; what is not said has the paper's value",
            "  seed: 42                  # --seed",
            "  patience: 3               # --patience: epochs without a better AUC",
            "  validate_batches: 1000    # --validate-batches: of a round at most",
            "",
            "  representation:           # phase 1: user embeddings",
            "    dimension: 128          # --dimension: N, 1 to 1024",
            "    field_width: 128        # --dimension: d, 1 to 1024",
            "    field_layer: none       # or relu: each field has a layer of its own",
            "    merge: attention        # or concat, as YouTube DNN has it",
            "    heads: 4                # of the merge layer, 1 to 8; paper 1",
            "    max_positives: 50       # the latest so many clicks of a user",
            "    negatives: 20           # items drawn against a click; paper 10",
            "    negatives_from: time_local # clicks of the same block; rank: equation (3)",
            "    logq_correction: false  # of the items' chances of being drawn",
            "    thinning: 0.5           # share of values that is not seen; paper 0",
            "    epochs: 12              # --epochs: at most",
            "    batch: 256              # --batch: samples a step",
            "    rate: 0.003             # --rate: of Adam; paper 0.001",
            "    domains: []             # [{name: reads, fields: [read]}]: stacked",
            "",
            "  lookalike:                # phase 2: transform, attentions, score",
            "    dimension: 128          # --dimension: h, 1 to 1024",
            "    clusters: 20            # --clusters: K, 1 to 128",
            "    activation: prelu       # or relu; paper relu",
            "    unit_length: true       # vectors of length 1 are clustered; paper false",
            "    local_temperature: 5    # of the local attention, above 0; paper 1",
            "    learned_temperature: false",
            "    local_size_weight: 1    # of log n, local attention; paper 0",
            "    global_size_weight: 1   # of log n, global attention; paper 0",
            "    alpha: 0.3              # of the global cosine; auto: both by validation",
            "    beta: 0.7               # of the local cosine; at most 1 with alpha",
            "    cross_entropy_weight: 3 # of equation (11); paper 1",
            "    softmax_weight: 1       # of the sampled softmax; paper 0",
            "    learned_calibration: true # gamma and b, in the end by validation",
            "    dropout: 0.5            # of the transform's inputs; paper 0.1",
            "    min_seeds: 20           # --min-seeds: of a candidate that is learned from",
            "    max_seeds: 128          # --max-seeds: the newest represent a candidate",
            "    recluster_batches: 1000 # and at least once an epoch",
            "    centroid_members: 0     # n: a centroid is the mean of n, not frozen",
            "    negatives: 10           # candidates drawn against a click",
            "    epochs: 10              # --epochs: at most",
            "    batch: 256              # --batch: samples a step",
            "    rate: 0.003             # --lookalike-rate: of Adam; paper 0.001",
            "",
            "Example: ralm train --data movietweetings:DIR --config train.yaml --out model",
            "Ends with 0 after success, 1 after a failure, 2 after wrong usage, 130 after Ctrl-C."
        })
final class TrainCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Mixin
    private DataArguments data;

    @Mixin
    private TrainingArguments training;

    @Option(names = "--out", paramLabel = "DIR", required = true, description = "Where the model goes.")
    private Path directory;

    @Option(
            names = "--model",
            paramLabel = "ID",
            defaultValue = "ralm",
            description = "The model's id, a version of its own: models never change (default: ${DEFAULT-VALUE}).")
    private String model;

    @Option(
            names = "--average",
            description = "Represent a candidate by the plain average of its seeds, the paper's baseline.")
    private boolean average;

    @Option(
            names = "--phase-1",
            paramLabel = "SHARE",
            defaultValue = "0.75",
            description = "Share of the clicks, the oldest, that the representation is learned from; the look-alike "
                    + "model is learned from the rest (default: ${DEFAULT-VALUE}).")
    private double phase1;

    @Option(
            names = "--content-buckets",
            paramLabel = "N",
            description =
                    "Into how many rows the values of the items' attributes are hashed for the content model, which "
                            + "serves items without seeds; 0 for no content model (default: room for eight times the values).")
    private Integer contentBuckets;

    @Override
    public Integer call() throws IOException {
        TrainingOptions options = training.options();
        checkArguments();
        Files.createDirectories(directory);
        Path checkpoints = directory.resolve("checkpoint");
        Dataset dataset = data.load();
        try (Interruption watched = Interruption.watch(spec, checkpoints)) {
            train(dataset, options, checkpoints);
        }
        spec.commandLine().getOut().println("wrote model [" + model + "] to " + directory);
        return 0;
    }

    private void train(Dataset dataset, TrainingOptions options, Path checkpoints) throws IOException {
        int events = dataset.events().size();
        int cut = TimeSplit.of(dataset.events(), phase1, (1 - phase1) / 2).phase2();
        TimeSplit split = new TimeSplit(cut, events, events);
        Training run = new Training(
                dataset,
                split,
                options,
                checkpoints,
                new ConsoleProgress(spec.commandLine().getOut()));
        TrainedModel trained =
                run.lookalike(model, average ? options.lookalike().average() : options.lookalike());
        Files.write(
                directory.resolve(EmbeddingModel.REPRESENTATION_FILE), Safetensors.write(run.representationTensors()));
        FieldDictionaries.write(dataset, directory);
        long after = dataset.events().time(events - 1) + 1;
        new UserSnapshot(after, trained, dataset.users()).write(directory, withContent(dataset, split, trained));
    }

    /** The artifact, with a content model if one is wanted and the items' attributes teach one. */
    private ModelArtifact withContent(Dataset dataset, TimeSplit split, TrainedModel trained) {
        if (contentBuckets != null && contentBuckets == 0) {
            return trained.artifact();
        }
        int buckets = contentBuckets == null ? ContentTraining.BUCKETS_BY_VALUES : contentBuckets;
        return new ContentTraining(dataset, split, trained, buckets).artifact().orElseGet(() -> {
            spec.commandLine()
                    .getOut()
                    .println("no content model: too little is known of the items, or of too few that have seeds");
            return trained.artifact();
        });
    }

    private void checkArguments() {
        if (contentBuckets != null && (contentBuckets < 0 || contentBuckets > ContentForm.MOST_BUCKETS)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--content-buckets must be from 0 to " + ContentForm.MOST_BUCKETS + ", but is " + contentBuckets);
        }
        if (ModelManifest.isId(model) == false) {
            throw new ParameterException(
                    spec.commandLine(), "--model must be " + ModelManifest.ID_FORM + ", but is '" + model + "'");
        }
        if ((phase1 > 0 && phase1 < 1) == false) {
            throw new ParameterException(spec.commandLine(), "--phase-1 must be above 0 and below 1, but is " + phase1);
        }
    }
}
