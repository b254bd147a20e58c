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
            "An interrupted training goes on after its last epoch when it is started again with the same options."
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
        Dataset dataset = data.load();
        int events = dataset.events().size();
        int cut = TimeSplit.of(dataset.events(), phase1, (1 - phase1) / 2).phase2();
        TimeSplit split = new TimeSplit(cut, events, events);
        Training run = new Training(
                dataset,
                split,
                options,
                directory.resolve("checkpoint"),
                new ConsoleProgress(spec.commandLine().getOut()));
        TrainedModel trained =
                run.lookalike(model, average ? options.lookalike().average() : options.lookalike());
        withContent(dataset, split, trained).write(directory);
        Files.write(
                directory.resolve(EmbeddingModel.REPRESENTATION_FILE), Safetensors.write(run.representationTensors()));
        FieldDictionaries.write(dataset, directory);
        long after = dataset.events().time(events - 1) + 1;
        UserSnapshot.at(after, trained, dataset.users()).write(directory);
        spec.commandLine().getOut().println("wrote model [" + model + "] to " + directory);
        return 0;
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
