package org.opensearch.ralm.trainer.network;

/**
 * Adam (Kingma and Ba 2015) over Java arrays, with the sparse variant for embedding tables: rows without a gradient are
 * not touched, neither are their moments. One instance a network; a step has one number for all its parameters.
 */
final class Adam {

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    private long step;

    /** Begins the next step; to be called once before the updates of a batch. */
    void nextStep() {
        step++;
    }

    long step() {
        return step;
    }

    /** Continues after that many steps. */
    void resume(long steps) {
        step = steps;
    }

    void update(Parameter parameter, float[] gradient, double rate) {
        updateRange(parameter, 0, gradient, 0, gradient.length, rate);
    }

    /** Updates the rows that have a gradient, and forgets the gradients. */
    void update(EmbeddingTable table, double rate) {
        RowGradients gradients = table.gradients();
        int width = table.width();
        for (int slot = 0; slot < gradients.size(); slot++) {
            updateRange(table.parameter(), gradients.row(slot) * width, gradients.values(), slot * width, width, rate);
        }
        gradients.clear();
    }

    private void updateRange(Parameter parameter, int at, float[] gradient, int from, int length, double rate) {
        float[] values = parameter.values();
        float[] first = parameter.firstMoment();
        float[] second = parameter.secondMoment();
        float beta1 = (float) BETA1;
        float beta2 = (float) BETA2;
        float secondCorrection = (float) (1 / (1 - Math.pow(BETA2, step)));
        float corrected = (float) (rate / (1 - Math.pow(BETA1, step)));
        for (int i = 0; i < length; i++) {
            float g = gradient[from + i];
            float m = first[at + i] = beta1 * first[at + i] + (1 - beta1) * g;
            float v = second[at + i] = beta2 * second[at + i] + (1 - beta2) * g * g;
            values[at + i] -= corrected * m / ((float) Math.sqrt(v * secondCorrection) + (float) EPSILON);
        }
    }
}
