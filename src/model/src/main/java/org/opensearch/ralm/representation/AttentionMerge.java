package org.opensearch.ralm.representation;

import org.ejml.data.DMatrixRMaj;

/** Equations (6) to (8): U = tanh(H W_1 + b_1), z = U w_2, a = softmax over the fields present, M = aᵀ H, once a head. */
final class AttentionMerge implements MergeLayer {

    private final DMatrixRMaj weight;
    private final float[] bias;
    private final float[] vector;
    private final int heads;

    /**
     * @param weight W_1 of all heads side by side, d × heads·κ
     * @param bias b_1, heads·κ
     * @param vector w_2, heads·κ
     */
    AttentionMerge(DMatrixRMaj weight, float[] bias, float[] vector, int heads) {
        this.weight = weight;
        this.bias = bias;
        this.vector = vector;
        this.heads = heads;
    }

    @Override
    public boolean hasDefaultRow() {
        return true;
    }

    @Override
    public DMatrixRMaj merge(FieldVectors fields) {
        int width = fields.width();
        int slots = fields.slots();
        DMatrixRMaj units = units(fields);
        DMatrixRMaj merged = new DMatrixRMaj(fields.users(), heads * width);
        for (int user = 0; user < merged.numRows; user++) {
            for (int head = 0; head < heads; head++) {
                double[] weights = weights(fields, units, user, head);
                for (int slot = 0; slot < slots; slot++) {
                    for (int d = 0; d < width; d++) {
                        merged.data[(user * heads + head) * width + d] +=
                                weights[slot] * fields.matrix().get(user * slots + slot, d);
                    }
                }
            }
        }
        return merged;
    }

    @Override
    public double[][] weights(FieldVectors fields) {
        DMatrixRMaj units = units(fields);
        double[][] weights = new double[heads][];
        for (int head = 0; head < heads; head++) {
            weights[head] = weights(fields, units, 0, head);
        }
        return weights;
    }

    private DMatrixRMaj units(FieldVectors fields) {
        DMatrixRMaj units = Layers.connected(fields.matrix(), weight, bias);
        for (int i = 0; i < units.getNumElements(); i++) {
            units.data[i] = Math.tanh(units.data[i]);
        }
        return units;
    }

    private double[] weights(FieldVectors fields, DMatrixRMaj units, int user, int head) {
        int size = vector.length / heads;
        double[] weights = new double[fields.slots()];
        double sum = 0;
        for (int slot = 0; slot < weights.length; slot++) {
            if (fields.present(user, slot)) {
                double logit = 0;
                for (int unit = head * size; unit < (head + 1) * size; unit++) {
                    logit += units.get(user * weights.length + slot, unit) * vector[unit];
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
}
