package org.opensearch.ralm.trainer.network;

import java.util.Arrays;
import java.util.Random;
import org.opensearch.ralm.representation.FieldRows;

/** An embedding table that keeps gradients, and is updated, only for the rows that a batch touches. */
final class EmbeddingTable {

    /** Small, so that rows that training never touched say nothing instead of something random. */
    private static final double FIRST_DEVIATION = 0.01;

    private final Parameter parameter;
    private final int width;
    private final RowGradients gradients;
    private final long[] steps;

    EmbeddingTable(String name, int rows, int width, Random random) {
        this.parameter = Parameter.normal(name, random, FIRST_DEVIATION, rows, width);
        this.width = width;
        this.gradients = new RowGradients(rows, width);
        this.steps = new long[rows];
    }

    Parameter parameter() {
        return parameter;
    }

    int width() {
        return width;
    }

    int rows() {
        return steps.length;
    }

    /** The step up to which a row was updated. */
    long step(int row) {
        return steps[row];
    }

    void setStep(int row, long step) {
        steps[row] = step;
    }

    /** All rows were updated up to a step. */
    void setStep(long step) {
        Arrays.fill(steps, step);
    }

    RowGradients gradients() {
        return gradients;
    }

    /** Copies a row. */
    void read(int row, float[] out, int offset) {
        System.arraycopy(parameter.values(), row * width, out, offset, width);
    }

    /** Hands the gradient of a field's vector on to the rows it is the weighted sum of. */
    void addGradient(FieldRows field, int user, float[] gradient, int offset) {
        for (int entry = field.offsets()[user]; entry < field.offsets()[user + 1]; entry++) {
            gradients.add(field.ids()[entry], gradient, offset, field.weights()[entry]);
        }
    }
}
