package org.opensearch.ralm.trainer.training;

import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.trainer.data.Dataset;
import org.opensearch.ralm.trainer.network.FieldLayer;
import org.opensearch.ralm.trainer.network.LookalikeNetwork;
import org.opensearch.ralm.trainer.network.LookalikeObjective;
import org.opensearch.ralm.trainer.network.LookalikeShape;
import org.opensearch.ralm.trainer.network.Merge;
import org.opensearch.ralm.trainer.network.RepresentationNetwork;
import org.opensearch.ralm.trainer.network.RepresentationShape;

/** Models with the weights they begin with, for tests that need some vectors and not good ones. */
final class Fixtures {

    private Fixtures() {}

    static UserEmbedder untrainedEmbedder(Dataset dataset, int dimension) {
        RepresentationShape shape = new RepresentationShape(
                new FieldEncoder(dataset.fields()).tableRows(),
                dataset.items().size(),
                6,
                FieldLayer.NONE,
                Merge.ATTENTION,
                6,
                2,
                10,
                dimension);
        return new UserEmbedder(dataset, new RepresentationNetwork(shape, 1).model());
    }

    static LookalikeModel untrainedModel(int universal, int dimension, LookalikeForm form) {
        LookalikeShape shape = new LookalikeShape(universal, dimension, dimension, 4, form, 0.3, 0.7);
        LookalikeNetwork network = new LookalikeNetwork(shape, LookalikeObjective.DEFAULT, 1);
        ModelManifest manifest = new ModelManifest(
                "untrained",
                universal,
                dimension,
                dimension,
                form,
                shape.clusters(),
                shape.alpha(),
                shape.beta(),
                network.calibration(),
                "0".repeat(64),
                null,
                null);
        return new LookalikeModel(ModelArtifact.of(manifest, network.tensors()));
    }
}
