package org.opensearch.ralm.representation;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.opensearch.ralm.artifact.Tensor;

/** H of a range of users: a row a slot, users after each other; a slot is a field or, last, the default row. */
final class FieldVectors {

    private final int slots;
    private final DMatrixRMaj matrix;
    private final boolean[] present;

    /**
     * @param tables a table a field
     * @param defaultRow stands for all fields of a user who has none; null where there is no such slot
     */
    FieldVectors(List<Tensor> tables, Tensor defaultRow, List<FieldRows> fields, int from, int to) {
        int width = tables.get(0).shape()[1];
        this.slots = tables.size() + (defaultRow == null ? 0 : 1);
        this.matrix = new DMatrixRMaj((to - from) * slots, width);
        this.present = new boolean[(to - from) * slots];
        float[] vector = new float[slots * width];
        for (int user = from; user < to; user++) {
            Arrays.fill(vector, 0);
            int first = (user - from) * slots;
            boolean any = false;
            for (int field = 0; field < tables.size(); field++) {
                fields.get(field).sum(user, tables.get(field).values(), width, vector, field * width);
                present[first + field] = fields.get(field).present(user);
                any |= present[first + field];
            }
            if (defaultRow != null) {
                System.arraycopy(defaultRow.values(), 0, vector, tables.size() * width, width);
                present[first + tables.size()] = any == false;
            }
            for (int i = 0; i < vector.length; i++) {
                matrix.data[first * width + i] = vector[i];
            }
        }
    }

    private FieldVectors(int slots, DMatrixRMaj matrix, boolean[] present) {
        this.slots = slots;
        this.matrix = matrix;
        this.present = present;
    }

    int slots() {
        return slots;
    }

    int width() {
        return matrix.numCols;
    }

    int users() {
        return present.length / slots;
    }

    boolean present(int user, int slot) {
        return present[user * slots + slot];
    }

    /** users·slots × d, not a copy. */
    DMatrixRMaj matrix() {
        return matrix;
    }

    /** ReLU(H_f W_f + b_f) for each slot f that is present, zeros for the others. */
    FieldVectors connected(List<DMatrixRMaj> weights, List<float[]> biases) {
        DMatrixRMaj connected = new DMatrixRMaj(matrix.numRows, width());
        for (int row = 0; row < matrix.numRows; row++) {
            if (present[row]) {
                DMatrixRMaj vector = CommonOps_DDRM.extract(matrix, row, row + 1, 0, width());
                int slot = row % slots;
                CommonOps_DDRM.insert(
                        Layers.relu(Layers.connected(vector, weights.get(slot), biases.get(slot))), connected, row, 0);
            }
        }
        return new FieldVectors(slots, connected, present);
    }
}
