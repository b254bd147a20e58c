package org.opensearch.ralm.trainer.training;

/** The mean loss of the samples of many batches. Not safe for use by several threads. */
final class MeanLoss {

    private double sum;
    private long samples;

    /** Adds a batch. */
    void add(double loss, int size) {
        sum += loss * size;
        samples += size;
    }

    /** How many samples there were. */
    long samples() {
        return samples;
    }

    /** The mean over all samples; NaN if there was none. */
    double mean() {
        return sum / samples;
    }
}
