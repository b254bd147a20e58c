package org.opensearch.ralm.representation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.artifact.Tensor;

/**
 * Universal user embeddings: field tables, merge layer, two fully connected layers.
 *
 * <p>Of F fields of width d the attention merge layer, equations (6) to (8), makes U = tanh(H W_1 + b_1), z = U w_2,
 * a = softmax over the fields that are present, M = aᵀ H, once a head, the heads side by side; a user without any field
 * has a learned default row for all of them. The other merge layer sets the fields side by side. Then comes
 * ReLU(M W_2 + b_2) W_3 + b_3. Each field may pass a layer of its own before it is merged: ReLU(H_f W_f + b_f).
 *
 * <p>Tensors: {@code field.<i>.table} [rows, d] for each field; {@code field.weight} [slots, d, d] and
 * {@code field.bias} [slots, d] where fields have layers, a slot being a field or, last, the default row; for attention
 * {@code field.default} [1, d], {@code merge.weight} [d, heads·κ], {@code merge.bias} and {@code merge.vector}
 * [heads·κ], {@code merge.heads} [heads] (whose values mean nothing); {@code hidden.weight}, {@code hidden.bias},
 * {@code output.weight}, {@code output.bias}. Without {@code merge.heads} fields are concatenated. Immutable, safe for
 * use by several threads.
 */
public final class RepresentationModel {

    private static final int BATCH = 256;

    private final List<Tensor> tables = new ArrayList<>();
    private final List<DMatrixRMaj> fieldWeights = new ArrayList<>();
    private final List<float[]> fieldBiases = new ArrayList<>();
    private final MergeLayer merge;
    private final Tensor defaultRow;
    private final DMatrixRMaj hiddenWeight;
    private final float[] hiddenBias;
    private final DMatrixRMaj outputWeight;
    private final float[] outputBias;

    /**
     * Takes the tensors of a trained representation.
     *
     * @throws InvalidArtifactException if one is missing
     */
    public RepresentationModel(Map<String, Tensor> tensors) {
        tables.add(tensor(tensors, "field.0.table"));
        for (int field = 1; tensors.containsKey("field." + field + ".table"); field++) {
            tables.add(tensors.get("field." + field + ".table"));
        }
        this.merge = tensors.containsKey("merge.heads") ? attention(tensors) : new Concatenation();
        this.defaultRow = merge.hasDefaultRow() ? tensor(tensors, "field.default") : null;
        if (tensors.containsKey("field.weight")) {
            readFieldLayers(tensors.get("field.weight"), tensor(tensors, "field.bias"));
        }
        this.hiddenWeight = matrix(tensor(tensors, "hidden.weight"));
        this.hiddenBias = tensor(tensors, "hidden.bias").values();
        this.outputWeight = matrix(tensor(tensors, "output.weight"));
        this.outputBias = tensor(tensors, "output.bias").values();
    }

    /** The width N of the embeddings. */
    public int dimension() {
        return outputWeight.numCols;
    }

    /**
     * Embeds a batch of users.
     *
     * @param fields the users' fields, in the order of the tables
     * @return users × N
     */
    public DMatrixRMaj embed(List<FieldRows> fields) {
        if (fields.size() != tables.size()) {
            throw new IllegalArgumentException(
                    "the model has " + tables.size() + " fields, but " + fields.size() + " are given");
        }
        int users = fields.get(0).users();
        DMatrixRMaj embeddings = new DMatrixRMaj(users, dimension());
        for (int from = 0; from < users; from += BATCH) {
            int to = Math.min(users, from + BATCH);
            DMatrixRMaj merged = merge.merge(vectors(fields, from, to));
            DMatrixRMaj hidden = Layers.relu(Layers.connected(merged, hiddenWeight, hiddenBias));
            CommonOps_DDRM.insert(Layers.connected(hidden, outputWeight, outputBias), embeddings, from, 0);
        }
        return embeddings;
    }

    /**
     * The attention weights of the fields for one user: fields + 1 (the default row) values a head; no heads where
     * fields are concatenated.
     */
    public double[][] fieldWeights(List<FieldRows> fields, int user) {
        return merge.weights(vectors(fields, user, user + 1));
    }

    private FieldVectors vectors(List<FieldRows> fields, int from, int to) {
        FieldVectors vectors = new FieldVectors(tables, defaultRow, fields, from, to);
        return fieldWeights.isEmpty() ? vectors : vectors.connected(fieldWeights, fieldBiases);
    }

    private static AttentionMerge attention(Map<String, Tensor> tensors) {
        return new AttentionMerge(
                matrix(tensor(tensors, "merge.weight")),
                tensor(tensors, "merge.bias").values(),
                tensor(tensors, "merge.vector").values(),
                tensor(tensors, "merge.heads").shape()[0]);
    }

    private void readFieldLayers(Tensor weight, Tensor bias) {
        int width = tables.get(0).shape()[1];
        for (int slot = 0; slot < weight.shape()[0]; slot++) {
            fieldWeights.add(matrix(Tensor.matrix(
                    width,
                    width,
                    Arrays.copyOfRange(weight.values(), slot * width * width, (slot + 1) * width * width))));
            fieldBiases.add(Arrays.copyOfRange(bias.values(), slot * width, (slot + 1) * width));
        }
    }

    private static DMatrixRMaj matrix(Tensor tensor) {
        DMatrixRMaj matrix = new DMatrixRMaj(tensor.shape()[0], tensor.shape()[1]);
        for (int i = 0; i < tensor.values().length; i++) {
            matrix.data[i] = tensor.values()[i];
        }
        return matrix;
    }

    private static Tensor tensor(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidArtifactException("representation: tensor [" + name + "] is missing");
        }
        return tensor;
    }
}
