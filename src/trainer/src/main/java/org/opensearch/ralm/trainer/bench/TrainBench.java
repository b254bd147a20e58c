package org.opensearch.ralm.trainer.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.trainer.network.FieldLayer;
import org.opensearch.ralm.trainer.network.LookalikeNetwork;
import org.opensearch.ralm.trainer.network.LookalikeObjective;
import org.opensearch.ralm.trainer.network.LookalikeShape;
import org.opensearch.ralm.trainer.network.Merge;
import org.opensearch.ralm.trainer.network.RepresentationNetwork;
import org.opensearch.ralm.trainer.network.RepresentationShape;

/**
 * Both phases' steps side by side with the same networks written down plainly in DJL with dense Adam: the same weights to
 * begin with, the same batches, in turns. What is measured is learning, not the making of batches.
 */
public final class TrainBench {

    private static final int SEED = 1;
    private static final int HEADS = 4;
    private static final double REPRESENTATION_RATE = 3e-3;
    private static final double LOOKALIKE_RATE = 3e-3;

    private final TrainBatches batches;
    private final int steps;
    private final int warmUp;
    private final Consumer<String> progress;

    /**
     * @param items rows of the items' table and of the history's
     * @param batch samples a step
     * @param width of fields, user embeddings and look-alike vectors
     * @param steps of each phase, the first fifth of which are not timed
     */
    public TrainBench(int items, int batch, int width, int steps, Consumer<String> progress) {
        this.batches = new TrainBatches(items, batch, width);
        this.steps = steps;
        this.warmUp = steps / 5;
        this.progress = progress;
    }

    /** Measures both phases. */
    public TrainResult run() {
        progress.accept("representation");
        Race representation = representation();
        progress.accept("look-alike");
        return new TrainResult(batches, representation, lookalike());
    }

    private Race representation() {
        int width = batches.width();
        RepresentationShape shape = new RepresentationShape(
                List.of(batches.items(), TrainBatches.TAGS),
                batches.items(),
                width,
                FieldLayer.NONE,
                Merge.ATTENTION,
                width,
                HEADS,
                2 * width,
                width);
        RepresentationNetwork ours = new RepresentationNetwork(shape, SEED);
        Map<String, Tensor> tensors = new LinkedHashMap<>(ours.tensors());
        tensors.keySet().removeAll(List.of("field.default", "merge.heads"));
        try (PlainRepresentation plain = new PlainRepresentation(shape, tensors, REPRESENTATION_RATE)) {
            return Race.run(
                    batches::representation,
                    steps,
                    warmUp,
                    batches.size(),
                    batch -> ours.step(batch, REPRESENTATION_RATE),
                    plain::step);
        }
    }

    private Race lookalike() {
        int width = batches.width();
        LookalikeShape shape =
                new LookalikeShape(width, width, width, TrainBatches.CLUSTERS, LookalikeForm.DEFAULT, 0.3, 0.7);
        LookalikeObjective objective = new LookalikeObjective(3, 1, true, false, 0);
        LookalikeNetwork ours = new LookalikeNetwork(shape, objective, SEED);
        // The first step finds the level of b, which the plain one begins with.
        ours.step(batches.lookalike(steps), LOOKALIKE_RATE);
        Map<String, Tensor> tensors = new LinkedHashMap<>(ours.tensors());
        tensors.put("calibration", ours.state().get("calibration"));
        try (PlainLookalike plain = new PlainLookalike(shape, objective, tensors, LOOKALIKE_RATE)) {
            return Race.run(
                    batches::lookalike,
                    steps,
                    warmUp,
                    batches.size(),
                    batch -> ours.step(batch, LOOKALIKE_RATE),
                    plain::step);
        }
    }
}
