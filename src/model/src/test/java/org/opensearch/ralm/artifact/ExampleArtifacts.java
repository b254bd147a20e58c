package org.opensearch.ralm.artifact;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Small models with random weights for tests. */
public final class ExampleArtifacts {

    private ExampleArtifacts() {}

    /** A manifest with α = 0.3 and β = 0.7, a record of its training and a checksum still to be filled in. */
    public static ModelManifest manifest(LookalikeForm form, int universal, int dimension, int attention) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return new ModelManifest(
                "example-1",
                universal,
                dimension,
                attention,
                form,
                20,
                0.3,
                0.7,
                new Calibration(10, -5),
                "0".repeat(64),
                json.objectNode().put("city", "univalent"),
                json.objectNode().put("auc", 0.75));
    }

    /** Tensors of the manifest's shapes with values from a standard normal distribution, slope 0.25. */
    public static Map<String, Tensor> tensors(ModelManifest manifest, long seed) {
        Random random = new Random(seed);
        int h = manifest.dimension();
        int s = manifest.attentionDimension();
        Map<String, Tensor> tensors = new TreeMap<>();
        tensors.put("transform.weight", gaussian(random, manifest.universalDimension(), h));
        tensors.put("transform.bias", gaussian(random, h));
        tensors.put("transform.slope", Tensor.vector(0.25f));
        tensors.put("local.weight", gaussian(random, h, h));
        tensors.put("global.weight", gaussian(random, h, s));
        tensors.put("global.vector", gaussian(random, s));
        return tensors;
    }

    /** An artifact of {@link #manifest} and {@link #tensors}. */
    public static ModelArtifact artifact(LookalikeForm form, int universal, int dimension, int attention, long seed) {
        ModelManifest manifest = manifest(form, universal, dimension, attention);
        return ModelArtifact.of(manifest, tensors(manifest, seed));
    }

    /** An artifact with random weights of a content model, too. */
    public static ModelArtifact withContent(ModelArtifact artifact, ContentForm form, long seed) {
        Random random = new Random(seed);
        int h = artifact.manifest().dimension();
        return artifact.withContent(
                form,
                gaussian(random, form.buckets(), h),
                gaussian(random, h),
                artifact.manifest().training());
    }

    private static Tensor gaussian(Random random, int... shape) {
        float[] values = new float[Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(shape, values);
    }
}
