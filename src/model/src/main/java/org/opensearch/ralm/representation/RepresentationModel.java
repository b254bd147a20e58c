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
 * Universal user embeddings: field tables, attention merge layer (equations (6) to (8)), two fully connected layers.
 *
 * <p>Of F fields of width d: U = tanh(H W_1 + b_1), z = U w_2, a = softmax over the fields that are present,
 * M = aᵀ H, once a head, the heads side by side; then ReLU(M W_2 + b_2) W_3 + b_3. Where a user has no field at all, a
 * learned default row stands for all of them.
 *
 * <p>Tensors: {@code field.<i>.table} [rows, d] for each field and {@code field.default} [1, d], {@code merge.weight}
 * [d, heads·κ], {@code merge.bias} and {@code merge.vector} [heads·κ], {@code merge.heads} [heads] (whose values mean
 * nothing), {@code hidden.weight}, {@code hidden.bias}, {@code output.weight}, {@code output.bias}. Immutable, safe for
 * use by several threads.
 */
public final class RepresentationModel {

    private static final int BATCH = 256;

    private final List<Tensor> tables = new ArrayList<>();
    private final Tensor defaultRow;
    private final int width;
    private final int heads;
    private final DMatrixRMaj mergeWeight;
    private final float[] mergeBias;
    private final float[] mergeVector;
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
        for (int field = 0; tensors.containsKey("field." + field + ".table"); field++) {
            tables.add(tensors.get("field." + field + ".table"));
        }
        this.defaultRow = tensor(tensors, "field.default");
        this.width = defaultRow.shape()[1];
        this.heads = tensor(tensors, "merge.heads").shape()[0];
        this.mergeWeight = matrix(tensor(tensors, "merge.weight"));
        this.mergeBias = tensor(tensors, "merge.bias").values();
        this.mergeVector = tensor(tensors, "merge.vector").values();
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
            CommonOps_DDRM.insert(embedRange(fields, from, to), embeddings, from, 0);
        }
        return embeddings;
    }

    /** The attention weights of the fields for one user: fields + 1 (the default row) values a head. */
    public double[][] fieldWeights(List<FieldRows> fields, int user) {
        FieldVectors vectors = new FieldVectors(fields, user, user + 1);
        DMatrixRMaj units = attentionUnits(vectors);
        double[][] weights = new double[heads][];
        for (int head = 0; head < heads; head++) {
            weights[head] = headWeights(vectors, units, 0, head);
        }
        return weights;
    }

    private DMatrixRMaj embedRange(List<FieldRows> fields, int from, int to) {
        FieldVectors vectors = new FieldVectors(fields, from, to);
        DMatrixRMaj units = attentionUnits(vectors);
        DMatrixRMaj merged = new DMatrixRMaj(to - from, heads * width);
        for (int user = 0; user < merged.numRows; user++) {
            for (int head = 0; head < heads; head++) {
                double[] weights = headWeights(vectors, units, user, head);
                for (int slot = 0; slot < vectors.slots; slot++) {
                    for (int d = 0; d < width; d++) {
                        merged.data[(user * heads + head) * width + d] +=
                                weights[slot] * vectors.matrix.get(user * vectors.slots + slot, d);
                    }
                }
            }
        }
        return layer(relu(layer(merged, hiddenWeight, hiddenBias)), outputWeight, outputBias);
    }

    private DMatrixRMaj attentionUnits(FieldVectors vectors) {
        DMatrixRMaj units = layer(vectors.matrix, mergeWeight, mergeBias);
        for (int i = 0; i < units.getNumElements(); i++) {
            units.data[i] = Math.tanh(units.data[i]);
        }
        return units;
    }

    private double[] headWeights(FieldVectors vectors, DMatrixRMaj units, int user, int head) {
        int size = mergeVector.length / heads;
        double[] weights = new double[vectors.slots];
        double sum = 0;
        for (int slot = 0; slot < vectors.slots; slot++) {
            if (vectors.present[user * vectors.slots + slot]) {
                double logit = 0;
                for (int unit = head * size; unit < (head + 1) * size; unit++) {
                    logit += units.get(user * vectors.slots + slot, unit) * mergeVector[unit];
                }
                weights[slot] = Math.exp(logit);
                sum += weights[slot];
            }
        }
        for (int slot = 0; slot < weights.length; slot++) {
            weights[slot] /= sum;
        }
        return weights;
    }

    private static DMatrixRMaj layer(DMatrixRMaj input, DMatrixRMaj weight, float[] bias) {
        DMatrixRMaj output = new DMatrixRMaj(input.numRows, weight.numCols);
        CommonOps_DDRM.mult(input, weight, output);
        for (int row = 0; row < output.numRows; row++) {
            for (int column = 0; column < output.numCols; column++) {
                output.data[row * output.numCols + column] += bias[column];
            }
        }
        return output;
    }

    private static DMatrixRMaj relu(DMatrixRMaj matrix) {
        for (int i = 0; i < matrix.getNumElements(); i++) {
            matrix.data[i] = Math.max(0, matrix.data[i]);
        }
        return matrix;
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

    /** H of a range of users: a row a field and one for the default, users after each other. */
    private final class FieldVectors {

        private final int slots = tables.size() + 1;
        private final DMatrixRMaj matrix;
        private final boolean[] present;

        FieldVectors(List<FieldRows> fields, int from, int to) {
            this.matrix = new DMatrixRMaj((to - from) * slots, width);
            this.present = new boolean[(to - from) * slots];
            float[] vector = new float[width];
            for (int user = from; user < to; user++) {
                int first = (user - from) * slots;
                boolean any = false;
                for (int field = 0; field < tables.size(); field++) {
                    present[first + field] = fields.get(field).present(user);
                    any |= present[first + field];
                    Arrays.fill(vector, 0);
                    fields.get(field).sum(user, tables.get(field).values(), width, vector, 0);
                    set(first + field, vector);
                }
                present[first + tables.size()] = any == false;
                set(first + tables.size(), defaultRow.values());
            }
        }

        private void set(int row, float[] vector) {
            for (int d = 0; d < width; d++) {
                matrix.data[row * width + d] = vector[d];
            }
        }
    }
}
