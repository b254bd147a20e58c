package org.opensearch.ralm.representation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.opensearch.ralm.artifact.InvalidArtifactException;
import org.opensearch.ralm.artifact.Tensor;

/** User embeddings of one domain of behaviour, as {@link RepresentationModel} describes them. Immutable. */
final class DomainModel {

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
     * @throws InvalidArtifactException if a tensor is missing
     */
    DomainModel(Map<String, Tensor> tensors) {
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

    int dimension() {
        return outputWeight.numCols;
    }

    int fields() {
        return tables.size();
    }

    /** The embeddings, users × N. */
    DMatrixRMaj embed(List<FieldRows> fields) {
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

    /** The weights of the fields and, last, the default row for one user, a row a head. */
    double[][] fieldWeights(List<FieldRows> fields, int user) {
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

    static Tensor tensor(Map<String, Tensor> tensors, String name) {
        Tensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new InvalidArtifactException("representation: tensor [" + name + "] is missing");
        }
        return tensor;
    }
}
