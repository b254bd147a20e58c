package org.opensearch.ralm.artifact;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A model as it is stored, uploaded and served: the manifest and the weights of the look-alike tower.
 *
 * <p>An instance has been checked: checksum, names and shapes of the tensors, and that every weight is finite. The
 * tensors are {@code transform.weight} [N, h], {@code transform.bias} [h], {@code transform.slope} [1],
 * {@code local.weight} [h, h], {@code global.weight} [h, s] and {@code global.vector} [s]; with a content model of B
 * buckets also {@code content.weight} [B, h] and {@code content.bias} [h]; and {@code mean_user} [h], which may be
 * missing. All matrices act on row vectors from the right. Immutable as long as nobody writes to the tensors' arrays.
 */
public final class ModelArtifact {

    /** The name of the manifest's file. */
    public static final String MANIFEST_FILE = "model.json";

    /** The name of the weights' file. */
    public static final String WEIGHTS_FILE = "weights.safetensors";

    /** The name of the tensor that is the mean look-alike vector of the training's users. */
    public static final String MEAN_USER = "mean_user";

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private final ModelManifest manifest;
    private final Map<String, Tensor> tensors;
    private final byte[] weights;

    private ModelArtifact(ModelManifest manifest, Map<String, Tensor> tensors, byte[] weights) {
        this.manifest = manifest;
        this.tensors = tensors;
        this.weights = weights;
    }

    /**
     * Makes an artifact of fresh weights; the manifest's checksum is replaced by theirs.
     *
     * @throws InvalidArtifactException if the manifest is not valid or the tensors do not fit it
     */
    public static ModelArtifact of(ModelManifest manifest, Map<String, Tensor> tensors) {
        byte[] weights = Safetensors.write(tensors);
        // Read back, so that nothing can be made that would be refused later.
        return parse(manifest.withWeightsSha256(Checksums.sha256Hex(weights)).toJson(), weights);
    }

    /**
     * Checks a manifest and weights that came from elsewhere.
     *
     * @param manifest the bytes of {@code model.json}
     * @param weights the bytes of {@code weights.safetensors}
     * @throws InvalidArtifactException if either is malformed or they do not fit each other
     */
    public static ModelArtifact parse(byte[] manifest, byte[] weights) {
        try {
            return parse(JSON.readTree(manifest), weights);
        } catch (JsonProcessingException e) {
            throw new InvalidArtifactException("model.json: is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new InvalidArtifactException("model.json: cannot be read: " + e.getMessage(), e);
        }
    }

    /** Like {@link #parse(byte[], byte[])}, with the manifest parsed already. */
    public static ModelArtifact parse(JsonNode manifest, byte[] weights) {
        ModelManifest parsed = ModelManifest.parse(manifest);
        String sha256 = Checksums.sha256Hex(weights);
        if (sha256.equals(parsed.weightsSha256()) == false) {
            throw new InvalidArtifactException("weights: their SHA-256 is " + sha256 + ", but model.json says "
                    + parsed.weightsSha256() + " in [weights_sha256]");
        }
        Map<String, Tensor> tensors = Safetensors.read(weights);
        checkTensors(parsed, tensors);
        return new ModelArtifact(parsed, Map.copyOf(tensors), weights.clone());
    }

    /**
     * Reads an artifact from its directory.
     *
     * @throws InvalidArtifactException if a file is missing or the artifact is not valid
     * @throws IOException if a file cannot be read
     */
    public static ModelArtifact read(Path directory) throws IOException {
        return parse(readFile(directory, MANIFEST_FILE), readFile(directory, WEIGHTS_FILE));
    }

    /** Writes the artifact's two files into a directory, which is made if it is missing. */
    public void write(Path directory) throws IOException {
        Files.createDirectories(directory);
        Files.write(directory.resolve(WEIGHTS_FILE), weights);
        Files.write(directory.resolve(MANIFEST_FILE), JSON.writeValueAsBytes(manifest.toJson()));
    }

    /** The manifest, with the checksum of these weights. */
    public ModelManifest manifest() {
        return manifest;
    }

    /** A tensor; its name and shape have been checked. Null if there is none of that name. */
    public Tensor tensor(String name) {
        return tensors.get(name);
    }

    /** A copy of the bytes of {@code weights.safetensors}. */
    public byte[] weights() {
        return weights.clone();
    }

    /**
     * This artifact with a content model, which makes it another model with a fingerprint of its own.
     *
     * @param form how content becomes features
     * @param weight {@code content.weight} [B, h]
     * @param bias {@code content.bias} [h]
     * @param training the record of the training, with that of the content model
     * @throws InvalidArtifactException if the tensors do not fit
     */
    public ModelArtifact withContent(ContentForm form, Tensor weight, Tensor bias, JsonNode training) {
        Map<String, Tensor> all = new LinkedHashMap<>(tensors);
        all.put("content.weight", weight);
        all.put("content.bias", bias);
        return of(manifest.withContent(form, training), all);
    }

    /**
     * This artifact with the mean look-alike vector of its users, which makes it another model with a fingerprint of its
     * own.
     *
     * @param mean h values
     * @throws InvalidArtifactException if these are not h finite values
     */
    public ModelArtifact withMeanUser(float[] mean) {
        Map<String, Tensor> all = new LinkedHashMap<>(tensors);
        all.put(MEAN_USER, Tensor.vector(mean));
        return of(manifest, all);
    }

    private static byte[] readFile(Path directory, String name) throws IOException {
        try {
            return Files.readAllBytes(directory.resolve(name));
        } catch (NoSuchFileException e) {
            throw new InvalidArtifactException(name + ": there is no such file in " + directory, e);
        }
    }

    private static void checkTensors(ModelManifest manifest, Map<String, Tensor> tensors) {
        Map<String, int[]> shapes = shapes(manifest);
        if (tensors.containsKey(MEAN_USER)) {
            shapes.put(MEAN_USER, new int[] {manifest.dimension()});
        }
        shapes.forEach((name, shape) -> checkTensor(name, shape, tensors.get(name)));
        for (String name : tensors.keySet()) {
            if (shapes.containsKey(name) == false) {
                throw new InvalidArtifactException("weights: tensor [" + name + "] is not a known one");
            }
        }
    }

    private static Map<String, int[]> shapes(ModelManifest manifest) {
        int h = manifest.dimension();
        int s = manifest.attentionDimension();
        Map<String, int[]> shapes = new LinkedHashMap<>();
        shapes.put("transform.weight", new int[] {manifest.universalDimension(), h});
        shapes.put("transform.bias", new int[] {h});
        shapes.put("transform.slope", new int[] {1});
        shapes.put("local.weight", new int[] {h, h});
        shapes.put("global.weight", new int[] {h, s});
        shapes.put("global.vector", new int[] {s});
        if (manifest.content() != null) {
            shapes.put("content.weight", new int[] {manifest.content().buckets(), h});
            shapes.put("content.bias", new int[] {h});
        }
        return shapes;
    }

    private static void checkTensor(String name, int[] shape, Tensor tensor) {
        if (tensor == null) {
            throw new InvalidArtifactException("weights: tensor [" + name + "] is missing");
        }
        if (Arrays.equals(tensor.shape(), shape) == false) {
            throw new InvalidArtifactException("weights: tensor [" + name + "] has shape "
                    + Arrays.toString(tensor.shape()) + ", but model.json needs " + Arrays.toString(shape));
        }
        for (float value : tensor.values()) {
            if (Float.isFinite(value) == false) {
                throw new InvalidArtifactException(
                        "weights: tensor [" + name + "] holds " + value + ", every weight must be finite");
            }
        }
    }
}
