package org.opensearch.ralm.trainer.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.representation.RepresentationModel;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.data.TimeSplit;

/**
 * One training: the representation once, then any number of look-alike heads on it. Equal data, options and seed give
 * equal models. Not safe for use by several threads.
 */
public final class Training {

    private final Dataset dataset;
    private final TimeSplit split;
    private final TrainingOptions options;
    private final Path checkpoints;
    private final Progress progress;
    private final String data;
    private RepresentationPhase representation;
    private UserEmbedder embedder;

    /**
     * @param split phase 1 and phase 2 are learned from; the test span is not looked at. Without a phase 2, phase 1 is
     *     stopped by how well it tells clicked items from others
     * @param checkpoints a directory to go on from after an interruption; null for none. What is found there must have
     *     been written by a training of the same data, options and seed
     */
    public Training(Dataset dataset, TimeSplit split, TrainingOptions options, Path checkpoints, Progress progress) {
        this.dataset = dataset;
        this.split = split;
        this.options = options;
        this.checkpoints = checkpoints;
        this.progress = progress;
        this.data = checkpoints == null ? "" : dataset.digest();
    }

    /** Phase 1; done once, whatever is asked for afterwards. */
    public UserEmbedder representation() {
        if (representation == null) {
            RepresentationPhase phase = new RepresentationPhase(
                    dataset,
                    split.phase2(),
                    options.representation(),
                    split.phase2() < split.test(),
                    options.seed(),
                    progress);
            Provenance provenance = provenance(options.representation());
            phase.train(
                    stopping(),
                    options.representation().schedule().epochs(),
                    name -> new PhaseCheckpoint(checkpoints, name, provenance));
            representation = phase;
            embedder = new UserEmbedder(dataset, new RepresentationModel(phase.tensors()));
        }
        return embedder;
    }

    /**
     * Another training on the same representation, with another span for phase 2.
     *
     * @param other has the same phase 1
     * @param otherCheckpoints as for a training of its own; null for none
     */
    public Training withPhase2(TimeSplit other, Path otherCheckpoints) {
        if (other.phase2() != split.phase2()) {
            throw new IllegalArgumentException("phase 1 ends with event " + split.phase2() + ", not " + other.phase2());
        }
        representation();
        Training shared = new Training(dataset, other, options, otherCheckpoints, progress);
        shared.representation = representation;
        shared.embedder = embedder;
        return shared;
    }

    /** What each round of phase 1 reached. */
    public List<EpochResult> representationCurve() {
        representation();
        return representation.rounds();
    }

    /**
     * The items' embeddings of phase 1, items × N, copied; what those hold that are not {@link #isKnown known} was never
     * learned.
     */
    public DMatrixRMaj itemEmbeddings() {
        representation();
        return representation.itemEmbeddings();
    }

    /** Whether phase 1 has seen a click of the item. */
    public boolean isKnown(int item) {
        representation();
        return representation.knows(item);
    }

    /** The tensors of the representation, for storing beside a model. */
    public Map<String, Tensor> representationTensors() {
        representation();
        return representation.tensors();
    }

    /**
     * Phase 2 on the shared representation.
     *
     * @param name the model's id
     * @param lookalike the head to train
     */
    public TrainedModel lookalike(String name, LookalikeOptions lookalike) {
        representation();
        LookalikeTrainer trainer = new LookalikeTrainer(
                dataset,
                embedder,
                split.phase2(),
                split.test(),
                name,
                lookalike,
                options.seed(),
                EmbeddingRoom.ofHeap(),
                progress);
        PhaseCheckpoint checkpoint =
                new PhaseCheckpoint(checkpoints, "lookalike-" + name, provenance(options.representation(), lookalike));
        stopping().train(trainer, lookalike.schedule().epochs(), checkpoint);
        ModelArtifact artifact = trainer.artifact(
                features(),
                scores ->
                        TrainingRecord.of(dataset, split, options.seed(), representation, checkpoint.rounds(), scores));
        return new TrainedModel(artifact, new LookalikeModel(artifact), embedder, lookalike, checkpoint.rounds());
    }

    private EarlyStopping stopping() {
        return new EarlyStopping(options.patience(), options.validateBatches());
    }

    private Provenance provenance(Record... phases) {
        return new Provenance(data, Arrays.toString(phases) + " " + split + " " + stopping(), options.seed());
    }

    private JsonNode features() {
        ArrayNode features = JsonNodeFactory.instance.arrayNode();
        representation.fieldNames().forEach(features::add);
        return features;
    }
}
