package org.opensearch.ralm.trainer.training;

import java.util.List;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.lookalike.LookalikeModel;

/**
 * A trained look-alike model and the embedder of the representation it was trained on.
 *
 * @param artifact what is published
 * @param model its forward pass
 * @param embedder universal embeddings of the dataset's users
 * @param options how it was trained
 * @param curve what each round of its training reached
 */
public record TrainedModel(
        ModelArtifact artifact,
        LookalikeModel model,
        UserEmbedder embedder,
        LookalikeOptions options,
        List<EpochResult> curve) {

    /** Copies the curve. */
    public TrainedModel {
        curve = List.copyOf(curve);
    }

    /** The same model with more to it than its training gave it. */
    public TrainedModel withArtifact(ModelArtifact extended) {
        return new TrainedModel(extended, new LookalikeModel(extended), embedder, options, curve);
    }
}
