package org.opensearch.ralm.trainer.network;

/**
 * Adam (Kingma and Ba 2015) over Java arrays. Rows of embedding tables that a batch does not touch are left alone and
 * make up for it when they are read again: without a gradient moments only decay, so the steps that were skipped add up
 * to a closed form. Tables hence learn as with a dense Adam, at the price of the rows that batches touch.
 *
 * <p>One instance a network; a step has one number for all its parameters. Not safe for use by several threads.
 */
final class Adam {

    /** After so many steps every row catches up, so that no more skipped steps need be remembered. */
    static final int LONGEST_SKIP = 256;

    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    /** By how much a skipped step moves a row less than the one before. */
    private static final double DECAY = BETA1 / Math.sqrt(BETA2);

    /** How far the last k steps moved a row that had no gradient in them, as a multiple of its m / sqrt(v). */
    private final double[] skipped = new double[LONGEST_SKIP + 1];

    private long step;
    private double rate;

    /**
     * Begins the next step; to be called once before the updates of a batch.
     *
     * @param rate the step's learning rate
     */
    void nextStep(double rate) {
        step++;
        this.rate = rate;
        double corrected = rate * Math.sqrt(1 - Math.pow(BETA2, step)) / (1 - Math.pow(BETA1, step));
        for (int k = LONGEST_SKIP; k > 0; k--) {
            skipped[k] = skipped[k - 1] + corrected * Math.pow(DECAY, k);
        }
    }

    long step() {
        return step;
    }

    /** Continues after that many steps, in the last of which every row was up to date. */
    void resume(long steps) {
        step = steps;
    }

    void update(Parameter parameter, float[] gradient) {
        updateRange(parameter, 0, gradient, 0, gradient.length);
    }

    /** Updates the rows that have a gradient, which are up to date, and forgets the gradients. */
    void update(EmbeddingTable table) {
        RowGradients gradients = table.gradients();
        int width = table.width();
        for (int slot = 0; slot < gradients.size(); slot++) {
            int row = gradients.row(slot);
            updateRange(table.parameter(), row * width, gradients.values(), slot * width, width);
            table.setStep(row, step);
        }
        gradients.clear();
        if (step % LONGEST_SKIP == 0) {
            catchUp(table);
        }
    }

    /** Brings all rows of a table up to date. */
    void catchUp(EmbeddingTable table) {
        for (int row = 0; row < table.rows(); row++) {
            catchUp(table, row);
        }
    }

    /** Brings a row up to date: what the steps since its last update would have done to it. */
    void catchUp(EmbeddingTable table, int row) {
        int steps = (int) (step - table.step(row));
        if (steps > 0) {
            coast(table.parameter(), row * table.width(), table.width(), steps);
            table.setStep(row, step);
        }
    }

    private void coast(Parameter parameter, int from, int length, int steps) {
        float[] values = parameter.values();
        float[] first = parameter.firstMoment();
        float[] second = parameter.secondMoment();
        float distance = (float) skipped[steps];
        float epsilon = (float) (EPSILON * Math.sqrt(1 - Math.pow(BETA2, step)));
        float firstDecay = (float) Math.pow(BETA1, steps);
        float secondDecay = (float) Math.pow(BETA2, steps);
        for (int i = from; i < from + length; i++) {
            values[i] -= distance * first[i] / ((float) Math.sqrt(second[i]) + epsilon);
            first[i] *= firstDecay;
            second[i] *= secondDecay;
        }
    }

    private void updateRange(Parameter parameter, int at, float[] gradient, int from, int length) {
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
