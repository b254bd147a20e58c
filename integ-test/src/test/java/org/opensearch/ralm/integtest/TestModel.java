package org.opensearch.ralm.integtest;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.artifact.ContentForm;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.lookalike.LookalikeModel;

/** A small model of random weights: what it says means nothing, but everybody must say the same. */
record TestModel(ModelArtifact artifact, LookalikeModel lookalike) {
    static final int UNIVERSAL_DIMENSION = 6;
    static final int DIMENSION = 8;
    static final int CLUSTERS = 3;

    private static final int ATTENTION_DIMENSION = 4;
    private static final int BUCKETS = 16;

    static TestModel random(String id, long seed) {
        Random random = new Random(seed);
        ModelManifest manifest = new ModelManifest(
                id,
                UNIVERSAL_DIMENSION,
                DIMENSION,
                ATTENTION_DIMENSION,
                LookalikeForm.DEFAULT,
                CLUSTERS,
                0.3,
                0.7,
                new Calibration(4, -1),
                "0".repeat(64),
                null,
                null);
        ModelArtifact artifact = ModelArtifact.of(
                manifest,
                Map.of(
                        "transform.weight", matrix(random, UNIVERSAL_DIMENSION, DIMENSION),
                        "transform.bias", Tensor.vector(values(random, DIMENSION)),
                        "transform.slope", Tensor.vector(0.25f),
                        "local.weight", matrix(random, DIMENSION, DIMENSION),
                        "global.weight", matrix(random, DIMENSION, ATTENTION_DIMENSION),
                        "global.vector", Tensor.vector(values(random, ATTENTION_DIMENSION))));
        return new TestModel(artifact, new LookalikeModel(artifact));
    }

    /** The same with a content model of random weights. */
    TestModel withContent(String... fields) {
        Random random = new Random(fields.length);
        ContentForm form = new ContentForm(BUCKETS, List.of(fields));
        ModelArtifact extended = artifact.withContent(
                form, matrix(random, BUCKETS, DIMENSION), Tensor.vector(values(random, DIMENSION)), null);
        return new TestModel(extended, new LookalikeModel(extended));
    }

    /** The same with a mean user. */
    TestModel withMeanUser() {
        ModelArtifact extended = artifact.withMeanUser(randomUser(new Random(1)));
        return new TestModel(extended, new LookalikeModel(extended));
    }

    String id() {
        return artifact.manifest().id();
    }

    /** A look-alike vector as a user of this model may have it. */
    float[] randomUser(Random random) {
        return lookalike.transform(values(random, UNIVERSAL_DIMENSION));
    }

    /** The body of an upload. */
    ObjectNode upload() {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("model", artifact.manifest().toJson());
        return body.put("weights", Base64.getEncoder().encodeToString(artifact.weights()));
    }

    private static Tensor matrix(Random random, int rows, int columns) {
        return Tensor.matrix(rows, columns, values(random, rows * columns));
    }

    private static float[] values(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
