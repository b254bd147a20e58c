package org.opensearch.ralm.trainer.embedding;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.opensearch.ralm.artifact.Checksums;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.artifact.ModelArtifact;
import org.opensearch.ralm.artifact.Safetensors;
import org.opensearch.ralm.artifact.Tensor;
import org.opensearch.ralm.lookalike.LookalikeModel;
import org.opensearch.ralm.representation.RepresentationModel;
import org.opensearch.ralm.trainer.data.FieldKind;

/**
 * All that is needed to embed users, read from the directory that training wrote. Immutable, safe for use by several
 * threads.
 */
public final class EmbeddingModel {

    /** The name of the file that holds the representation's tensors. */
    public static final String REPRESENTATION_FILE = "representation.safetensors";

    private final LookalikeModel lookalike;
    private final RepresentationModel representation;
    private final List<FieldDictionary> fields;
    private final String digest;

    private EmbeddingModel(
            LookalikeModel lookalike, RepresentationModel representation, List<FieldDictionary> fields, String digest) {
        this.lookalike = lookalike;
        this.representation = representation;
        this.fields = fields;
        this.digest = digest;
    }

    /**
     * Reads a model.
     *
     * @throws InvalidArtifactException if a file is missing, malformed, or does not fit the others
     * @throws IOException if a file cannot be read
     */
    public static EmbeddingModel read(Path directory) throws IOException {
        ModelArtifact artifact = ModelArtifact.read(directory);
        byte[] bytes = representation(directory);
        Map<String, Tensor> tensors = Safetensors.read(bytes);
        RepresentationModel representation = new RepresentationModel(tensors);
        if (representation.dimension() != artifact.manifest().universalDimension()) {
            throw new InvalidArtifactException(REPRESENTATION_FILE + ": makes embeddings of dimension "
                    + representation.dimension() + ", but model.json has [universal_dimension] "
                    + artifact.manifest().universalDimension());
        }
        List<FieldDictionary> fields = FieldDictionaries.read(directory);
        requireRows(fields, tensors);
        String digest = Checksums.sha256Hex((artifact.manifest().weightsSha256()
                        + Checksums.sha256Hex(bytes)
                        + Checksums.sha256Hex(Files.readAllBytes(directory.resolve(FieldDictionaries.FILE))))
                .getBytes(StandardCharsets.US_ASCII));
        return new EmbeddingModel(new LookalikeModel(artifact), representation, fields, digest);
    }

    /** From universal embeddings to look-alike vectors. */
    LookalikeModel lookalike() {
        return lookalike;
    }

    /** From fields to universal embeddings. */
    RepresentationModel representation() {
        return representation;
    }

    /** What the representation knows of the fields. */
    List<FieldDictionary> fields() {
        return fields;
    }

    /** Tells one such model from another. */
    String digest() {
        return digest;
    }

    private static byte[] representation(Path directory) throws IOException {
        try {
            return Files.readAllBytes(directory.resolve(REPRESENTATION_FILE));
        } catch (NoSuchFileException e) {
            throw new InvalidArtifactException(
                    REPRESENTATION_FILE + ": there is no such file in " + directory
                            + ", without it users cannot be embedded",
                    e);
        }
    }

    /** Each field has a table, but all continuous ones together the last, with a row a number and one for the bias. */
    private static void requireRows(List<FieldDictionary> fields, Map<String, Tensor> tensors) {
        List<Integer> rows = new ArrayList<>();
        int continuous = 0;
        for (FieldDictionary field : fields) {
            if (field.kind() == FieldKind.CONTINUOUS) {
                continuous++;
            } else {
                rows.add(Math.max(1, field.values().size()));
            }
        }
        if (continuous > 0) {
            rows.add(continuous + 1);
        }
        if (tensors.containsKey("domain.0.fields") == false) {
            requireTables("", IntStream.range(0, rows.size()).toArray(), rows, tensors);
        }
        for (int domain = 0; tensors.containsKey("domain." + domain + ".fields"); domain++) {
            requireTables("domain." + domain + ".", places(tensors.get("domain." + domain + ".fields")), rows, tensors);
        }
    }

    private static int[] places(Tensor tensor) {
        return IntStream.range(0, tensor.values().length)
                .map(i -> (int) tensor.values()[i])
                .toArray();
    }

    /**
     * @param places which of the fields have a table here
     * @param rows how many rows the table of each field must have
     */
    private static void requireTables(String prefix, int[] places, List<Integer> rows, Map<String, Tensor> tensors) {
        for (int table = 0; table < places.length; table++) {
            String name = prefix + "field." + table + ".table";
            Tensor tensor = tensors.get(name);
            int expected = places[table] < rows.size() ? rows.get(places[table]) : 0;
            if (tensor == null || tensor.shape()[0] != expected) {
                throw new InvalidArtifactException(FieldDictionaries.FILE + ": needs tensor [" + name + "] with "
                        + expected + " rows, but " + REPRESENTATION_FILE + " has "
                        + (tensor == null ? "none" : "one with " + tensor.shape()[0]));
            }
        }
    }
}
