package org.opensearch.ralm.plugin;

import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.opensearch.ralm.artifact.Calibration;
import org.opensearch.ralm.artifact.ContentForm;
import org.opensearch.ralm.artifact.LookalikeForm;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.ModelManifest;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.cluster.Clusters;

/** Models, vectors and clusters of random numbers. */
public final class TestModels {

    private TestModels() {}

    public static ModelArtifact artifact(String id, int dimension, LookalikeForm form, Random random) {
        int universal = dimension + 1;
        int attention = dimension + 2;
        Map<String, Tensor> tensors = new TreeMap<>();
        tensors.put("transform.weight", Tensor.matrix(universal, dimension, gaussian(universal * dimension, random)));
        tensors.put("transform.bias", Tensor.vector(gaussian(dimension, random)));
        tensors.put("transform.slope", Tensor.vector(0.25f));
        tensors.put("local.weight", Tensor.matrix(dimension, dimension, gaussian(dimension * dimension, random)));
        tensors.put("global.weight", Tensor.matrix(dimension, attention, gaussian(dimension * attention, random)));
        tensors.put("global.vector", Tensor.vector(gaussian(attention, random)));
        ModelManifest manifest = new ModelManifest(
                id,
                universal,
                dimension,
                attention,
                form,
                4,
                0.3,
                0.7,
                new Calibration(10, -3),
                "0".repeat(64),
                null,
                null);
        return ModelArtifact.of(manifest, tensors);
    }

    /** The same with a content model of random weights. */
    public static ModelArtifact withContent(ModelArtifact artifact, String... fields) {
        Random random = new Random(9);
        ContentForm form = new ContentForm(64, List.of(fields));
        int dimension = artifact.manifest().dimension();
        return artifact.withContent(
                form,
                Tensor.matrix(form.buckets(), dimension, gaussian(form.buckets() * dimension, random)),
                Tensor.vector(gaussian(dimension, random)),
                null);
    }

    /** A model of the same weights, and so of the same fingerprint, whose scores weigh the two cosines otherwise. */
    public static ModelArtifact withScoring(ModelArtifact artifact, String id, double alpha, double beta) {
        return ModelArtifact.parse(
                artifact.manifest().toJson().put("id", id).put("alpha", alpha).put("beta", beta), artifact.weights());
    }

    /** The body that uploads a model. */
    public static String upload(ModelArtifact artifact) {
        return "{\"model\":" + artifact.manifest().toJson() + ",\"weights\":\""
                + Base64.getEncoder().encodeToString(artifact.weights()) + "\"}";
    }

    public static float[] unitVector(int dimension, Random random) {
        float[] vector = gaussian(dimension, random);
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        for (int d = 0; d < dimension; d++) {
            vector[d] /= (float) Math.sqrt(squares);
        }
        return vector;
    }

    public static Clusters clusters(int count, int dimension, Random random) {
        float[] centroids = new float[count * dimension];
        int[] sizes = new int[count];
        for (int c = 0; c < count; c++) {
            System.arraycopy(unitVector(dimension, random), 0, centroids, c * dimension, dimension);
            sizes[c] = 1 + random.nextInt(50);
        }
        return new Clusters(dimension, centroids, sizes);
    }

    private static float[] gaussian(int count, Random random) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian() / 2;
        }
        return values;
    }
}
