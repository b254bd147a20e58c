package org.opensearch.ralm.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;
import org.opensearch.ralm.artifact.LookalikeForm.Activation;

/**
 * The content of {@code model.json}: what is needed to check the weights and to score with them, and a record of the
 * training.
 *
 * @param id the model's name, a version of its own: models never change
 * @param universalDimension N, the width of the user embeddings of the representation phase
 * @param dimension h, the width of look-alike vectors
 * @param attentionDimension s, the size of the global attention
 * @param form the form of the look-alike head
 * @param clusters K, how many clusters the model was trained with, the default of feeds that use it
 * @param alpha weight of the global cosine, from 0 to 1
 * @param beta weight of the local cosine, from 0 to 1 - alpha, so that scores are in [-1, 1]; not 0 where alpha is
 * @param calibration from score to probability
 * @param content the content model, which gives candidates without seeds a pseudo-seed; null if there is none
 * @param weightsSha256 checksum of {@code weights.safetensors}, 64 hexadecimal digits
 * @param features the user fields the embeddings were made of; for people and for {@code ralm embed}
 * @param training how the model was trained and what it reached; for people
 */
public record ModelManifest(
        String id,
        int universalDimension,
        int dimension,
        int attentionDimension,
        LookalikeForm form,
        int clusters,
        double alpha,
        double beta,
        Calibration calibration,
        ContentForm content,
        String weightsSha256,
        JsonNode features,
        JsonNode training) {

    /** What an id must be like, in words. */
    public static final String ID_FORM = "1 to 128 letters, digits and . _ - @, the first a letter or digit";

    private static final String FORMAT = "ralm-model";
    private static final int FORMAT_VERSION = 1;

    /** By so much may the sum of two weights be above 1 that were meant to be 1 together, written with six digits. */
    private static final double ROUNDING = 1e-6;

    /** A manifest without a content model. */
    public ModelManifest(
            String id,
            int universalDimension,
            int dimension,
            int attentionDimension,
            LookalikeForm form,
            int clusters,
            double alpha,
            double beta,
            Calibration calibration,
            String weightsSha256,
            JsonNode features,
            JsonNode training) {
        this(
                id,
                universalDimension,
                dimension,
                attentionDimension,
                form,
                clusters,
                alpha,
                beta,
                calibration,
                null,
                weightsSha256,
                features,
                training);
    }

    /** Whether a model can be called so: {@value #ID_FORM}. */
    public static boolean isId(String id) {
        return id.matches("[A-Za-z0-9][A-Za-z0-9._@-]{0,127}");
    }

    /**
     * A number that two models share only if their weights and form agree: vectors and seed blocks of the one can
     * then be compared with those of the other. The first eight bytes of a SHA-256, little endian.
     */
    public long fingerprint() {
        String content = String.join(
                "|",
                weightsSha256.toLowerCase(Locale.ROOT),
                form.activation().name(),
                Boolean.toString(form.unitLength()),
                Double.toString(form.globalSizeWeight()));
        byte[] digest = Checksums.sha256(content.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /**
     * Reads and checks a manifest.
     *
     * @param json the root of {@code model.json}
     * @throws InvalidArtifactException if a member is missing, unknown or out of its range
     */
    public static ModelManifest parse(JsonNode json) {
        JsonMembers root = JsonMembers.of("model.json", json);
        String format = root.text("format");
        int version = root.integer("format_version", 1, Integer.MAX_VALUE);
        if (format.equals(FORMAT) == false || version != FORMAT_VERSION) {
            throw new InvalidArtifactException("model.json: format [" + format + "] version [" + version
                    + "] cannot be read, expected [" + FORMAT + "] version [" + FORMAT_VERSION + "]");
        }
        ModelManifest manifest = new ModelManifest(
                root.text("id", ModelManifest::isId, ID_FORM),
                root.integer("universal_dimension", 1, 65_536),
                root.integer("dimension", 1, 1024),
                root.integer("attention_dimension", 1, 65_536),
                parseForm(root.object("form")),
                root.integer("clusters", 1, 128),
                root.number("alpha", 0, 1),
                root.number("beta", 0, 1),
                parseCalibration(root.object("calibration")),
                root.optionalObject("content").map(ModelManifest::parseContent).orElse(null),
                root.sha256("weights_sha256"),
                root.optional("features"),
                root.optional("training"));
        root.refuseOthers();
        manifest.requireWeights();
        return manifest;
    }

    private void requireWeights() {
        if (alpha + beta == 0) {
            throw new InvalidArtifactException("model.json: [alpha] and [beta] must not both be 0");
        }
        if (alpha + beta > 1 + ROUNDING) {
            throw new InvalidArtifactException("model.json: [alpha] and [beta] must be at most 1 together, so that"
                    + " scores are from -1 to 1, but are " + alpha + " and " + beta);
        }
    }

    /** The root of {@code model.json}. */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("format", FORMAT).put("format_version", FORMAT_VERSION).put("id", id);
        json.put("universal_dimension", universalDimension).put("dimension", dimension);
        json.put("attention_dimension", attentionDimension);
        json.putObject("form")
                .put("activation", form.activation().name().toLowerCase(Locale.ROOT))
                .put("unit_length", form.unitLength())
                .put("local_temperature", form.localTemperature())
                .put("local_size_weight", form.localSizeWeight())
                .put("global_size_weight", form.globalSizeWeight());
        json.put("clusters", clusters).put("alpha", alpha).put("beta", beta);
        json.putObject("calibration").put("gamma", calibration.gamma()).put("bias", calibration.bias());
        if (content != null) {
            ArrayNode fields =
                    json.putObject("content").put("buckets", content.buckets()).putArray("fields");
            content.fields().forEach(fields::add);
        }
        json.put("weights_sha256", weightsSha256);
        setUnlessNull(json, "features", features);
        setUnlessNull(json, "training", training);
        return json;
    }

    /** This manifest for weights of another checksum. */
    ModelManifest withWeightsSha256(String sha256) {
        return with(content, Objects.requireNonNull(sha256), training);
    }

    /** This manifest with a content model, and another record of the training. */
    ModelManifest withContent(ContentForm added, JsonNode record) {
        return with(Objects.requireNonNull(added), weightsSha256, record);
    }

    private ModelManifest with(ContentForm otherContent, String otherSha256, JsonNode otherTraining) {
        return new ModelManifest(
                id,
                universalDimension,
                dimension,
                attentionDimension,
                form,
                clusters,
                alpha,
                beta,
                calibration,
                otherContent,
                otherSha256,
                features,
                otherTraining);
    }

    private static void setUnlessNull(ObjectNode json, String name, JsonNode value) {
        if (value != null && value.isNull() == false) {
            json.set(name, value);
        }
    }

    private static LookalikeForm parseForm(JsonMembers form) {
        LookalikeForm parsed = new LookalikeForm(
                form.choice("activation", Activation.class),
                form.bool("unit_length"),
                form.number("local_temperature", Double.MIN_NORMAL, 1e6),
                form.number("local_size_weight", 0, 1e6),
                form.number("global_size_weight", 0, 1e6));
        form.refuseOthers();
        return parsed;
    }

    private static Calibration parseCalibration(JsonMembers calibration) {
        Calibration parsed = new Calibration(
                calibration.number("gamma", Double.MIN_NORMAL, Double.MAX_VALUE),
                calibration.number("bias", -Double.MAX_VALUE, Double.MAX_VALUE));
        calibration.refuseOthers();
        return parsed;
    }

    private static ContentForm parseContent(JsonMembers content) {
        ContentForm parsed = new ContentForm(
                content.integer("buckets", 1, ContentForm.MOST_BUCKETS),
                content.texts("fields", ContentForm.MOST_FIELDS));
        content.refuseOthers();
        return parsed;
    }
}
